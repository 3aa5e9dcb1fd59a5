using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Reports;

/// <summary>One day of a child (A4).</summary>
/// <param name="Day">In the account's zone.</param>
/// <param name="Inside">The time spent inside, over all buildings (<see cref="TimeInside"/>).</param>
/// <param name="Balances">As of the moment of asking, whatever the day.</param>
/// <param name="Spent">What counts on the day: sales and rides, less what was taken back, and the day's ordered meals that were fetched or kept (M6).</param>
/// <param name="Meals">Those that were had.</param>
public sealed record DayReport(LocalDate Day, Duration Inside, Balances Balances, DaySpending Spent, MealsHad Meals)
{
    /// <summary>The report of a day.</summary>
    public static DayReport Of(ReportDays day, ReportFacts facts, Instant now)
    {
        var entries = facts.Entries.Where(entry => day.Contain(entry.LimitDay)).ToList();
        var stays = TimeInside.Stays(facts.Passages, day.Zone, now);
        return new DayReport(day.First, TimeInside.Within(day.Of(day.First), stays), facts.Balances, SpentOf(entries), MealsHad.Of(entries));
    }

    internal static DaySpending SpentOf(IEnumerable<Entry> entries) => entries.Aggregate(DaySpending.None, (sum, entry) => sum + SpentOf(entry));

    // An ordered meal is paid when it is ordered, counts on no limit, and is spent for its family on the day on which it is had.
    private static DaySpending SpentOf(Entry entry) =>
        entry is { Kind: EntryKind.OrderRedemption or EntryKind.OrderExpiry, Purse: Purse.None } ? DaySpending.Of(entry.Lines) : AccountRules.SpendingOf(entry);
}
