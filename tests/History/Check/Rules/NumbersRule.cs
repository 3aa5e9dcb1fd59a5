namespace Zvonok.History.Check.Rules;

/// <summary>The key is the fence: a number that is there twice means that two activations wrote.</summary>
internal sealed class NumbersRule : IRule
{
    public string Name => "Every account and building is numbered 1, 2, 3 without a gap, each number once";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var ledger in evidence.Ledgers.Where(ledger => !ledger.IsWhole))
        {
            var twice = ledger.Lines.GroupBy(line => line.Row.Seq).FirstOrDefault(lines => lines.Count() > 1);
            yield return twice is null
                ? new Breach(Name, $"{ledger.Name} has {ledger.Lines.Count} rows, numbers {ledger.Lines[0].Row.Seq} to {ledger.Lines[^1].Row.Seq}")
                : new Breach(Name, $"{ledger.Name} has number {twice.Key} {twice.Count()} times", [.. twice.Select(line => line.By)]);
        }
    }
}
