namespace Zvonok.History.Check.Rules;

/// <summary>The balances that the rows tell, and with them the answers, follow from the amounts in the journal's order.</summary>
internal sealed class BalancesRule : IRule
{
    public string Name => "Every balance is the one before plus the amount, and none is below zero";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers.Where(ledger => ledger is { IsWhole: true, Lines: [{ Row: EntryRow }, ..] }))
        {
            var standings = Standing.Of(ledger, evidence);
            for (var i = 0; i < ledger.Lines.Count; i++)
            {
                var (row, after) = ((EntryRow)ledger.Lines[i].Row, standings[i + 1]);
                if (row.MealAfter == after.Meal && row.TransportAfter == after.Transport && after is { Meal: >= 0, Transport: >= 0 }) continue;
                yield return new Breach(Name, $"meal {after.Meal} and transport {after.Transport} would be right after {row}", ledger.Lines[i].By);
            }
        }
    }
}
