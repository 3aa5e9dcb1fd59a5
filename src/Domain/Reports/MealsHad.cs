using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Reports;

/// <summary>How many meals were had (A4).</summary>
/// <param name="Bought">Sales with hot meals, as long as not all of these were taken back, and ordered ones that were fetched (M6); what is sold together is one meal.</param>
/// <param name="AtPublicCost">Redemptions (M5) that were not taken back whole, by meal; a meal that was not had is not there.</param>
public sealed record MealsHad(int Bought, IReadOnlyDictionary<MealKind, int> AtPublicCost)
{
    /// <summary>The meals of those entries. A reversal counts with the entry that it takes back.</summary>
    public static MealsHad Of(IEnumerable<Entry> entries)
    {
        var hotLines = new Dictionary<long, LineSet>();
        var redeemed = new SortedDictionary<MealKind, int>();
        foreach (var entry in entries.OrderBy(entry => entry.Seq))
        {
            switch (entry.Kind)
            {
                case EntryKind.Sale or EntryKind.OrderRedemption:
                    hotLines[entry.Seq] = LineSet.Where(entry.Lines, line => line.Category == ProductCategory.HotMeal);
                    break;
                case EntryKind.Redemption:
                    Add(entry.Meal!.Value, 1);
                    break;
                case EntryKind.Reversal:
                    if (hotLines.TryGetValue(entry.ReversedSeq, out var hot)) hotLines[entry.ReversedSeq] = hot.Except(entry.ReversedLines.IsEmpty ? LineSet.All : entry.ReversedLines);
                    if (entry.Meal is { } meal) Add(meal, -1);
                    break;
            }
        }

        return new MealsHad(hotLines.Values.Count(lines => !lines.IsEmpty), redeemed.Where(had => had.Value > 0).ToDictionary());

        void Add(MealKind meal, int count) => redeemed[meal] = redeemed.GetValueOrDefault(meal) + count;
    }
}
