namespace Zvonok.History.Check.Rules;

/// <summary>
/// Linearizability of each account and building. The journal's numbers are an order; it is a right one when moments can be
/// found for its rows, each between the row's first sending and its first acknowledgement, that never go back.
/// </summary>
internal sealed class RealTimeRule : IRule
{
    public string Name => "What was acknowledged before another was sent has the lower number";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers)
        {
            LedgerLine? youngest = null;
            foreach (var line in ledger.Lines)
            {
                if (youngest is not null && line.Latest < youngest.Earliest)
                    yield return new Breach(Name, $"{ledger.Name}: number {line.Row.Seq} was acknowledged before number {youngest.Row.Seq} was sent", line.By, youngest.By);
                if (youngest is null || line.Earliest > youngest.Earliest) youngest = line;
            }
        }
    }
}
