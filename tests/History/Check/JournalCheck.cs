namespace Zvonok.History.Check;

/// <summary>The check after a test: it throws.</summary>
public static class JournalCheck
{
    private const int ShownMax = 10;

    /// <summary>Throws with the first breaches when the journal does not agree with what the notebook's clients were told.</summary>
    public static async Task Holds(SiloSettings settings, Notebook notebook)
    {
        var rows = await JournalRows.Read(settings);
        var breaches = HistoryCheck.Find(new Evidence(notebook.All, rows) { OpenedAt = notebook.OpenedAt });
        if (breaches.Count == 0) return;
        throw new InvalidOperationException(
            $"The journal has {rows.Count} rows, {notebook.All.Count} operations were sent, {breaches.Count} breaches:\n{string.Join('\n', breaches.Take(ShownMax))}");
    }
}
