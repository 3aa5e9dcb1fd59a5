using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Reports;

/// <summary>A day in a week's report.</summary>
/// <param name="Day">In the account's zone.</param>
/// <param name="Inside">As in <see cref="DayReport"/>.</param>
/// <param name="Spent">As in <see cref="DayReport"/>.</param>
public sealed record WeekDay(LocalDate Day, Duration Inside, DaySpending Spent);

/// <summary>A week of a child, Monday to Sunday (A4).</summary>
/// <param name="Days">All seven; those to come are empty.</param>
/// <param name="Start">The purses as the ledger had them when the week began.</param>
/// <param name="End">The purses as the ledger had them when it ended, or has them now.</param>
/// <param name="TopUpCount">How many top-ups arrived.</param>
/// <param name="TopUps">Their sum, over both purses.</param>
/// <param name="Meals">Those that were had.</param>
public sealed record WeekReport(IReadOnlyList<WeekDay> Days, Balances Start, Balances End, int TopUpCount, Money TopUps, MealsHad Meals)
{
    /// <summary>The time spent inside, in all.</summary>
    public Duration Inside => Days.Aggregate(Duration.Zero, (sum, day) => sum + day.Inside);

    /// <summary>What was spent, in all.</summary>
    public DaySpending Spent => Days.Aggregate(DaySpending.None, (sum, day) => sum + day.Spent);

    /// <summary>The report of a week.</summary>
    public static WeekReport Of(ReportDays week, ReportFacts facts, Instant now)
    {
        var entries = facts.Entries.Where(entry => week.Contain(entry.LimitDay)).ToList();
        var spent = entries.ToLookup(entry => entry.LimitDay);
        var topUps = entries.Where(entry => entry.Kind == EntryKind.TopUp).ToList();
        var stays = TimeInside.Stays(facts.Passages, week.Zone, now);
        return new WeekReport(
            [.. week.All().Select(day => new WeekDay(day, TimeInside.Within(week.Of(day), stays), DayReport.SpentOf(spent[day])))],
            facts.BalancesBefore(week.Start),
            facts.BalancesBefore(week.End),
            topUps.Count,
            topUps.Aggregate(Money.Zero, (sum, topUp) => sum + topUp.Amount),
            MealsHad.Of(entries));
    }
}
