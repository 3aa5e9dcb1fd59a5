using Zvonok.Grains.Reports;

namespace Zvonok.Journal.Tests.Reports;

/// <summary>The reports once more, entry by entry and as one would do it by hand.</summary>
internal static class Naive
{
    public static List<TrialBalanceLine> TrialBalance(IReadOnlyList<Entry> entries)
    {
        var totals = new SortedDictionary<(bool IsContra, long Code), TrialBalanceLine>();
        foreach (var entry in entries)
        {
            if (entry.Purse != Purse.None) Add(new Side(entry.Purse, ContraAccount.None), entry.Amount);
            foreach (var (contra, _, amount) in Sides(entry)) Add(new Side(Purse.None, contra), amount);
        }

        return [.. totals.Values];

        void Add(Side side, Money amount)
        {
            var key = (side.Purse == Purse.None, side.Purse == Purse.None ? side.Contra.Code : (long)side.Purse);
            totals[key] = new TrialBalanceLine(side, amount + (totals.TryGetValue(key, out var before) ? before.Total : Money.Zero));
        }
    }

    public static List<SettlementLine> Settlement(IEnumerable<Entry> entries, LocalDate day, string zone) =>
    [
        .. from entry in entries
           where entry.RecordedAt.InZone(DateTimeZoneProviders.Tzdb[zone]).Date == day
           from side in Sides(entry)
           group side by (side.Contra, entry.Kind, side.Other) into line
           orderby line.Key.Contra.Code, line.Key.Kind, line.Key.Other.Purse, line.Key.Other.Contra.Code
           select new SettlementLine(line.Key.Contra, line.Key.Kind, line.Key.Other, line.Count(), new Money(line.Sum(side => side.Amount.Kopecks))),
    ];

    // By what is left of the lines; what the reversals say of amounts and meals is not asked.
    public static List<ClaimsLine> Claims(IReadOnlyList<Entry> entries, IEnumerable<Device> devices, LocalDate first, LocalDate last)
    {
        var buildings = devices.ToDictionary(device => device.Id, device => device.Building);
        return
        [
            .. from meal in entries
               where meal.Kind == EntryKind.Redemption && meal.LimitDay >= first && meal.LimitDay <= last
               let left = LineSet.First(meal.Lines.Length).Except(TakenBack(meal, entries))
               where !left.IsEmpty
               group left.Indexes().Sum(line => meal.Lines[line].Total.Kopecks) by (meal.Payer, Building: buildings.GetValueOrDefault(meal.Device), meal.LimitDay, meal.Meal) into line
               orderby line.Key.Payer.Code, line.Key.Building.Value, line.Key.LimitDay, line.Key.Meal
               select new ClaimsLine(line.Key.Payer, line.Key.Building, line.Key.LimitDay, line.Key.Meal!.Value, line.Count(), new Money(line.Sum())),
        ];
    }

    /// <summary>Which lines of a sale or meal were taken back.</summary>
    public static LineSet TakenBack(Entry sale, IEnumerable<Entry> entries) => entries
        .Where(entry => entry.Account == sale.Account && entry.Kind == EntryKind.Reversal && entry.ReversedSeq == sale.Seq)
        .Aggregate(LineSet.None, (all, one) => all | (one.ReversedLines.IsEmpty ? LineSet.First(sale.Lines.Length) : one.ReversedLines));

    // What each contra account of an entry receives, and from whom.
    private static IEnumerable<(ContraAccount Contra, Side Other, Money Amount)> Sides(Entry entry)
    {
        if (entry.Contra == ContraAccount.None) yield break;
        yield return (entry.Contra, new Side(entry.Purse, entry.Payer), -entry.Amount);
        if (entry.Payer != ContraAccount.None) yield return (entry.Payer, new Side(Purse.None, entry.Contra), entry.Amount);
    }
}
