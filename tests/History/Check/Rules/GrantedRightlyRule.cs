namespace Zvonok.History.Check.Rules;

/// <summary>Funds, the daily limit and earlier reversals, in the journal's own order: a changed limit holds for the very next sale (M2).</summary>
internal sealed class GrantedRightlyRule : IRule
{
    public string Name => "What was granted was allowed by what stood before it";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers.Where(ledger => ledger is { IsWhole: true, Lines: [{ Row: EntryRow }, ..] }))
        {
            var standings = Standing.Of(ledger, evidence);
            for (var i = 0; i < ledger.Lines.Count; i++)
                if (ledger.Lines[i] is { Row: EntryRow row, By: { } by } && standings[i].Refusal(by.Operation, evidence.DayOf(row.EventAt)) is { } refusal)
                    yield return new Breach(Name, $"{refusal} before {row}", by);
        }
    }
}
