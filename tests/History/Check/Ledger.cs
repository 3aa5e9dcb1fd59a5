namespace Zvonok.History.Check;

/// <summary>A row of the journal, who asked for it, and between which moments it must have been written.</summary>
/// <param name="Row">The row.</param>
/// <param name="By">Whose it is; null: nobody's.</param>
/// <param name="Earliest">When it was first sent.</param>
/// <param name="Latest">When it was first acknowledged; the end of time when it never was.</param>
public sealed record LedgerLine(JournalRow Row, Recorded? By, TimeSpan Earliest, TimeSpan Latest);

/// <summary>The rows of an account or a building, by their numbers.</summary>
public sealed class Ledger
{
    private readonly TimeSpan[] _sentUpTo;

    internal Ledger(string name, IEnumerable<JournalRow> rows, Func<Guid, Recorded?> asked)
    {
        Name = name;
        Lines = [.. rows.OrderBy(row => row.Seq).Select(row => LineOf(row, asked(row.Operation)))];
        IsWhole = Lines.Select(line => line.Row.Seq).SequenceEqual(Enumerable.Range(1, Lines.Count).Select(seq => (long)seq));
        _sentUpTo = new TimeSpan[Lines.Count + 1];
        for (var i = 0; i < Lines.Count; i++) _sentUpTo[i + 1] = TimeSpan.FromTicks(Math.Max(_sentUpTo[i].Ticks, Lines[i].Earliest.Ticks));
    }

    /// <summary><c>account N</c> or <c>building N</c>.</summary>
    public string Name { get; }

    /// <summary>Its rows, by ascending number.</summary>
    public IReadOnlyList<LedgerLine> Lines { get; }

    /// <summary>True when the numbers are 1, 2, 3, each once.</summary>
    public bool IsWhole { get; }

    /// <summary>
    /// How many rows the ledger may have had at some moment between the two: at least those that were acknowledged before
    /// the first moment, at most those that can have been sent by the second.
    /// </summary>
    public (int Fewest, int Most) CountBetween(TimeSpan first, TimeSpan second)
    {
        var fewest = Lines.Count;
        while (fewest > 0 && Lines[fewest - 1].Latest >= first) fewest--;
        var most = Lines.Count;
        while (most > 0 && _sentUpTo[most] > second) most--;
        return (fewest, most);
    }

    private static LedgerLine LineOf(JournalRow row, Recorded? by)
    {
        if (by is null || by.Attempts.Count == 0) return new LedgerLine(row, by, TimeSpan.Zero, TimeSpan.MaxValue);
        var granted = by.Attempts.Where(attempt => attempt.Answer is EntryAnswer or PassageAnswer).ToList();
        return new LedgerLine(
            row, by, by.Attempts.Min(attempt => attempt.SentAt), granted.Count > 0 ? granted.Min(attempt => attempt.EndedAt) : TimeSpan.MaxValue);
    }
}
