namespace Zvonok.Domain.Reports;

/// <summary>When what tells of some days was recorded: what is to be read for a report of them, more than needed in the worst case and never less.</summary>
/// <param name="EntriesFrom">Of entries: when the days begin.</param>
/// <param name="EntriesUntil">As <see cref="ReportDays.EntriesUntil"/>.</param>
/// <param name="PassagesFrom">As <see cref="ReportDays.PassagesFrom"/>.</param>
/// <param name="PassagesUntil">As <see cref="ReportDays.PassagesUntil"/>.</param>
public sealed record ReportSpan(Instant EntriesFrom, Instant EntriesUntil, Instant PassagesFrom, Instant PassagesUntil)
{
    /// <summary>The zone in which every day begins first.</summary>
    public const string Easternmost = "Etc/GMT-14";

    /// <summary>The zone in which every day begins last.</summary>
    public const string Westernmost = "Etc/GMT+12";

    /// <summary>The span for an account whose zone is not known yet, whatever it is: a day more or so.</summary>
    /// <param name="first">The day asked for, or the earliest that is somewhere today.</param>
    /// <param name="last">The day asked for, or the latest that is somewhere today.</param>
    /// <param name="daysOf">The days of a report about a day, in a zone.</param>
    public static ReportSpan OfAnyZone(LocalDate first, LocalDate last, Func<LocalDate, string, ReportDays> daysOf)
    {
        var (early, late) = (daysOf(first, Easternmost), daysOf(last, Westernmost));
        return new(early.Start, late.EntriesUntil, early.PassagesFrom, late.PassagesUntil);
    }
}
