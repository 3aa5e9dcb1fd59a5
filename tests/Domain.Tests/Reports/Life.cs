using NodaTime.Text;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Reports;

namespace Zvonok.Domain.Tests.Reports;

/// <summary>Passages of a child, told by the local time at which they happened.</summary>
internal static class Life
{
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <summary>A local time such as <c>2026-09-01 08:30</c>; of two in the night in which the clock is put back the earlier one.</summary>
    public static Instant At(string local, string zone = Given.Zone) => Pattern.Parse(local).Value.InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToInstant();

    public static Passage In(string local, BuildingId? building = null, string zone = Given.Zone) => Passage(Direction.In, At(local, zone), building);

    public static Passage Out(string local, BuildingId? building = null, string zone = Given.Zone) => Passage(Direction.Out, At(local, zone), building);

    public static Passage Passage(Direction direction, Instant at, BuildingId? building = null, long seq = 1) => new()
    {
        Building = building ?? Given.School,
        Seq = seq,
        Operation = Given.Operation(),
        Fingerprint = new(1),
        Kind = PassageKind.Tap,
        ModeAfter = BuildingMode.Normal,
        EventAt = at,
        RecordedAt = at,
        Account = Given.Number,
        Token = Given.Token(),
        Direction = direction,
    };

    /// <summary>The time inside on a day, in hours, asked for long afterwards unless told otherwise.</summary>
    public static double HoursInside(LocalDate day, Instant? now = null, string zone = Given.Zone, params Passage[] passages)
    {
        var days = ReportDays.Day(day, zone);
        return TimeInside.Within(days.Of(day), TimeInside.Stays(passages, days.Zone, now ?? days.End + Duration.FromDays(30))).TotalHours;
    }
}
