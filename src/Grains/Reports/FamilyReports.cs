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

    private async Task<TReport?> Report<TReport>(
        AccountNumber account, LocalDate? day, Func<LocalDate, string, ReportDays> daysOf, Func<ReportDays, ReportFacts, Instant, TReport> report)
        where TReport : class
    {
        if (await history.FindZone(account) is not { } zone) return null;
        var now = clock.GetCurrentInstant();
        var days = daysOf(day ?? Calendars.DayOf(now, zone), zone);
        return report(days, await history.Read(account, days), now);
    }
}
