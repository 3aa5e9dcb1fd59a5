namespace Zvonok.Processes.Tests.Check;

/// <summary>Holds what clients were told against what the journal has, row by row.</summary>
internal static class JournalCheck
{
    private const int ShownMax = 10;

    /// <summary>
    /// Every answered operation is in the journal exactly once with exactly the answered content, what was refused is not,
    /// nothing is there that nobody asked for, and no ledger has a gap.
    /// </summary>
    public static async Task Holds(SiloSettings settings, Notebook notebook)
    {
        var rows = await JournalRows.Read(settings);
        var breaches = Breaches(notebook, rows).ToList();
        if (breaches.Count == 0) return;
        throw new InvalidOperationException(
            $"The journal has {rows.Count} rows, {notebook.All.Count} operations were sent, {breaches.Count} breaches:\n{string.Join('\n', breaches.Take(ShownMax))}");
    }

    private static IEnumerable<string> Breaches(Notebook notebook, List<JournalRow> rows)
    {
        var made = rows.ToLookup(row => row.Operation);
        foreach (var recorded in notebook.All)
            foreach (var breach in Breaches(recorded, [.. made[recorded.Operation.Id]]))
                yield return $"{breach}: {recorded}";

        var asked = notebook.All.Select(recorded => recorded.Operation.Id).ToHashSet();
        foreach (var row in rows.Where(row => !asked.Contains(row.Operation))) yield return $"nobody asked for it: {row}";

        foreach (var ledger in rows.GroupBy(row => row.Ledger))
            if (!ledger.Select(row => row.Seq).Order().SequenceEqual(Enumerable.Range(1, ledger.Count()).Select(seq => (long)seq)))
                yield return $"{ledger.Key} has {ledger.Count()} rows, numbers {ledger.Min(row => row.Seq)} to {ledger.Max(row => row.Seq)}";
    }

    private static IEnumerable<string> Breaches(Recorded recorded, List<JournalRow> rows)
    {
        if (rows.Count > 1) yield return $"in the journal {rows.Count} times";
        var answers = recorded.Answers.Distinct().ToList();
        if (answers.Count > 1) yield return "answered in different ways";
        foreach (var attempt in recorded.Attempts)
            if (attempt.Answer is NoAnswer { IsFault: true } fault) yield return $"a fault, {fault}";
        if (answers is not [var answer]) yield break;

        if (answer is RefusedAnswer)
        {
            if (rows.Count > 0) yield return $"refused, and yet there is {rows[0]}";
        }
        else if (rows is [var row])
        {
            if (!recorded.Operation.Made(row)) yield return $"not what was asked for is {row}";
            else if (recorded.Operation.AnswerOf(row) != answer) yield return $"not what was answered is {row}";
        }
        else if (rows.Count == 0)
        {
            yield return "answered, and not in the journal";
        }
    }
}
