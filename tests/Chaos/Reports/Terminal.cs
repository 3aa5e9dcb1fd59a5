using System.Globalization;
using Spectre.Console;

namespace Zvonok.Chaos.Reports;

/// <summary>What a person at the terminal sees; plain lines where there is no terminal.</summary>
internal static class Terminal
{
    private const int ShownMax = 10;

    /// <summary>Says a sentence.</summary>
    public static void Say(string sentence) => Console.WriteLine(sentence);

    /// <summary>Shows what a run has come to.</summary>
    public static void Show(ChaosResult result)
    {
        Waits(result.Waits);
        Say($"operations: {Counts(result.Outcomes)}; attempts: {Counts(result.Attempts)}; the journal has {result.Rows} rows; {result.Notices} notices");
        if (result.FailedStarts > 0) Say($"{result.FailedStarts} starts of a silo failed and were repeated");
        foreach (var breach in result.Breaches.Take(ShownMax)) Say($"BREACH  {breach}");
        if (result.Breaches.Count > ShownMax) Say($"… and {result.Breaches.Count - ShownMax} more");
        if (result.Audit.ExitCode != 0) Say(result.Audit.Output);
        Say(result.IsClean
            ? $"seed {result.Settings.Seed}: clean"
            : $"seed {result.Settings.Seed}: BREACHED, {result.Breaches.Count} breaches, the audit ended with {result.Audit.ExitCode}");
    }

    private static void Waits(IReadOnlyList<Wait> waits)
    {
        string[] heads = ["fault", "times", "touched, longest wait", "others, longest wait", "touched at most", "nobody answered for"];
        var rows = waits.Select(wait => new[]
        {
            wait.Kind, wait.Count.ToString(CultureInfo.InvariantCulture), Seconds(wait.Touched), Seconds(wait.Others),
            wait.TouchedShare.ToString("P0", CultureInfo.InvariantCulture), Seconds(wait.Silence),
        }).ToList();
        if (AnsiConsole.Profile.Out.IsTerminal)
        {
            var table = new Table().Title("Chaos").AddColumns(heads);
            foreach (var row in rows) table.AddRow(row);
            AnsiConsole.Write(table);
            return;
        }

        foreach (var row in rows) Say(string.Join("; ", heads.Zip(row, (head, cell) => $"{head}: {cell}")));
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Counts(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"));
}
