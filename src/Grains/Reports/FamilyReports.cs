using Zvonok.Domain.Reports;
using Zvonok.Domain.Time;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Reports;

/// <summary>Reports for families (A4), from what is committed at the moment of asking.</summary>
public sealed class FamilyReports(IHistory history, IClock clock)
{
    /// <summary>The report of a day in the account's zone; of today when none is named. Null for an account that nobody registered.</summary>
    public Task<DayReport?> OfDay(AccountNumber account, LocalDate? day) => Report(account, day, ReportDays.Day, DayReport.Of);

    /// <summary>The report of the week in which a day is; of this week when none is named. Null for an account that nobody registered.</summary>
    public Task<WeekReport?> OfWeek(AccountNumber account, LocalDate? day) => Report(account, day, ReportDays.Week, WeekReport.Of);

    // The account's zone comes together with what happened: asked for first, it would cost a way to the database of its own.
    private async Task<TReport?> Report<TReport>(
        AccountNumber account, LocalDate? day, Func<LocalDate, string, ReportDays> daysOf, Func<ReportDays, ReportFacts, Instant, TReport> report)
        where TReport : class
    {
        var now = clock.GetCurrentInstant();
        var span = ReportSpan.OfAnyZone(DayIn(ReportSpan.Westernmost), DayIn(ReportSpan.Easternmost), daysOf);
        return await history.Read(account, span) is var (zone, facts) ? report(daysOf(DayIn(zone), zone), facts, now) : null;

        LocalDate DayIn(string zone) => day ?? Calendars.DayOf(now, zone);
    }
}
