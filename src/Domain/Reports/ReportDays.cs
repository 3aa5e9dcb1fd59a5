using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Reports;

/// <summary>Calendar days in a row of an account's zone, and what has to be read to tell of them.</summary>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them, not before the first.</param>
/// <param name="Zone">The account's.</param>
public sealed record ReportDays(LocalDate First, LocalDate Last, DateTimeZone Zone)
{
    /// <summary>
    /// How long after its event something is recorded at the latest: events are believed so far back (<see cref="OperationRules.EventAgeMax"/>), and the clocks of
    /// two silos are less than a day apart.
    /// </summary>
    public static readonly Duration LatenessMax = OperationRules.EventAgeMax + Duration.FromDays(1);

    /// <summary>The same of a passage, which a gate may upload (<see cref="OperationRules.FactAgeMax"/>).</summary>
    public static readonly Duration PassageLatenessMax = OperationRules.FactAgeMax + Duration.FromDays(1);

    /// <summary>One day.</summary>
    public static ReportDays Day(LocalDate day, string zoneId) => new(day, day, DateTimeZoneProviders.Tzdb[zoneId]);

    /// <summary>The week of a day, Monday to Sunday.</summary>
    public static ReportDays Week(LocalDate day, string zoneId)
    {
        var monday = day.PlusDays(IsoDayOfWeek.Monday - day.DayOfWeek);
        return new(monday, monday.PlusDays(6), DateTimeZoneProviders.Tzdb[zoneId]);
    }

    /// <summary>When the first day begins.</summary>
    public Instant Start => StartOf(First);

    /// <summary>When the last day is over.</summary>
    public Instant End => StartOf(Last.PlusDays(1));

    /// <summary>When the day before begins: a stay that began then may reach into these days.</summary>
    public Instant PassagesFrom => StartOf(First.PlusDays(-1));

    /// <summary>Until when passages are recorded that tell of these days: a stay may end on the day after.</summary>
    public Instant PassagesUntil => StartOf(Last.PlusDays(2)) + PassageLatenessMax;

    /// <summary>Until when entries are recorded that count on these days: a reversal counts on the day of its sale.</summary>
    public Instant EntriesUntil => StartOf(Last.PlusDays(1 + AccountRules.ReversalDaysMax)) + LatenessMax;

    /// <summary>When what tells of these days was recorded.</summary>
    public ReportSpan Span => new(Start, EntriesUntil, PassagesFrom, PassagesUntil);

    /// <summary>Each of them.</summary>
    public IEnumerable<LocalDate> All()
    {
        for (var day = First; day <= Last; day = day.PlusDays(1)) yield return day;
    }

    /// <summary>From the day's first moment to the next day's: 23 or 25 hours when the clock is put forward or back.</summary>
    public Interval Of(LocalDate day) => new(StartOf(day), StartOf(day.PlusDays(1)));

    /// <summary>True when something counts on one of them.</summary>
    public bool Contain(LocalDate day) => First <= day && day <= Last;

    private Instant StartOf(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();
}
