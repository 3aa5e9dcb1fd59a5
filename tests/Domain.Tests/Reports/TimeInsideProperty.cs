using Zvonok.Domain.Buildings;
using Zvonok.Domain.Reports;

namespace Zvonok.Domain.Tests.Reports;

/// <summary>Some days of a child, against a look at every single minute of them.</summary>
[Trait("Rule", "A4")]
public sealed class TimeInsideProperty
{
    private const int MinutesMax = 5 * 24 * 60;

    private static readonly Gen<(string Zone, LocalDate First)> Beginnings = Gen.OneOf(new[]
    {
        ("Europe/Kaliningrad", new LocalDate(2026, 9, 1)), ("Asia/Kamchatka", new LocalDate(2026, 12, 30)),
        ("Europe/Berlin", new LocalDate(2026, 3, 27)), ("Europe/Berlin", new LocalDate(2026, 10, 23)), ("Africa/Cairo", new LocalDate(2026, 4, 22)),
    }.Select(Gen.Const).ToArray());

    private static readonly Gen<(int Minute, Direction Direction, int Building, PassageOutcome Outcome)[]> Steps = Gen.Select(
        Gen.Int[0, MinutesMax], Gen.Bool.Select(isIn => isIn ? Direction.In : Direction.Out), Gen.Int[1, 2],
        Gen.Frequency((6, Gen.Const(PassageOutcome.Admitted)), (2, Gen.Const(PassageOutcome.AdmittedFlagged)), (1, Gen.Const(PassageOutcome.Refused))),
        (minute, direction, building, outcome) => (minute, direction, building, outcome)).Array[0, 14];

    [Fact]
    public void The_time_inside_is_the_minutes_in_which_somebody_was_inside() => Gen.Select(Beginnings, Steps, Gen.Int[0, MinutesMax]).Sample((beginning, steps, nowMinute) =>
    {
        var days = new ReportDays(beginning.First, beginning.First.PlusDays(4), DateTimeZoneProviders.Tzdb[beginning.Zone]);
        var now = days.Start + Duration.FromMinutes(nowMinute);
        var passages = steps.Select((step, i) => Life.Passage(step.Direction, days.Start + Duration.FromMinutes(step.Minute), new BuildingId(step.Building), seq: i + 1) with { Outcome = step.Outcome }).ToArray();

        var stays = TimeInside.Stays(passages, days.Zone, now);

        var told = days.All().ToDictionary(day => day, day => (int)TimeInside.Within(days.Of(day), stays).TotalMinutes);
        var seen = days.All().ToDictionary(day => day, day => 0);
        for (var at = days.Start; at < days.End; at += Duration.FromMinutes(1))
            if (passages.GroupBy(passage => passage.Building).Any(building => IsInside([.. building], days.Zone, at, now))) seen[DayOf(at, days.Zone)]++;
        told.ShouldBe(seen);
    }, iter: 300);

    /// <summary>Looks for the exit after a minute, or now, and for the entry that belongs to it.</summary>
    private static bool IsInside(Passage[] building, DateTimeZone zone, Instant at, Instant now)
    {
        var seen = building.Where(passage => passage.Outcome != PassageOutcome.Refused).OrderBy(passage => passage.EventAt).ThenBy(passage => passage.Seq).ToList();
        var exit = seen.FindIndex(passage => passage.Direction == Direction.Out && passage.EventAt > at);
        var before = exit < 0 ? seen : seen[..exit];
        var entries = before[(before.FindLastIndex(passage => passage.Direction == Direction.Out) + 1)..];
        if (entries.Count == 0) return false;
        var day = DayOf(entries[^1].EventAt, zone);
        if (entries.Find(entry => DayOf(entry.EventAt, zone) == day)!.EventAt > at) return false;
        return exit < 0 ? day == DayOf(now, zone) && at < now : DayOf(seen[exit].EventAt, zone) <= day.PlusDays(1);
    }

    private static LocalDate DayOf(Instant at, DateTimeZone zone) => at.InZone(zone).Date;
}
