using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.City;

/// <summary>What the city may be told of how its schools live, so that it learns nothing about any child (S5).</summary>
public static class CityRules
{
    /// <summary>Of fewer different accounts nothing is told.</summary>
    public const int AccountsMin = 10;

    /// <summary>How long after its day is over a fact still counts: terminals without connection upload later what they did (O3). What comes later is in no figure.</summary>
    public static readonly Duration LatenessMax = Duration.FromHours(24);

    /// <summary>
    /// What is told of a group; null: nothing, not even that there is one. That there were nine or fewer and that there was nobody look the same: whoever knows the only child who could have been there would
    /// else know whether it was. The money is told only when the two accounts that have most of it have half of it at most: so not even the second of them, who knows its own part, comes nearer to the part of
    /// the first than by all of that part.
    /// </summary>
    public static CityFigure? Tell(CityGroup group) => group.Accounts < AccountsMin
        ? null
        : new CityFigure(group.Building, group.Start, group.Kind, group.Accounts, group.Facts, group.Sum is { } sum && IsSpread(sum) ? sum.Total : null);

    /// <summary>Facts of a day count that were recorded from its first moment, less what clocks may err, until then.</summary>
    /// <param name="day">The calendar day.</param>
    /// <param name="zoneId">The building's IANA zone.</param>
    public static Interval RecordedIn(LocalDate day, string zoneId)
    {
        var span = Calendars.SpanOf(day, zoneId);
        return new Interval(span.Start - OperationRules.FutureSkewMax, span.End + LatenessMax);
    }

    /// <summary>From when on a day is told: nothing that counts can come any more, in none of the zones. It is told for all buildings at once, since it is told once and for ever.</summary>
    /// <param name="day">The calendar day.</param>
    /// <param name="zoneIds">The IANA zones of the city's buildings, one at least.</param>
    public static Instant ToldFrom(LocalDate day, IEnumerable<string> zoneIds) => zoneIds.Max(zoneId => RecordedIn(day, zoneId).End);

    private static bool IsSpread(CitySum sum) => sum.TwoLargest <= sum.Total - sum.TwoLargest;
}
