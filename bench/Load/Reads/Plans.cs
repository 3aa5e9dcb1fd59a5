using System.Text;
using Zvonok.Processes;

namespace Zvonok.Load.Reads;

/// <summary>
/// How the database does the statements of each kind of read, told by itself (<c>auto_explain</c>): those that a silo sends, with all their parameters, after
/// enough calls for a prepared statement to have its lasting plan.
/// </summary>
internal sealed class Plans
{
    private const int CallsBefore = 8;
    private const string Database = "reads";
    private const string PlanMark = " plan:\n";

    // The log is written when a statement ends, which may be after its answer.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);

    private static readonly string[] Switches =
    [
        "session_preload_libraries = 'auto_explain'",
        "auto_explain.log_min_duration = 0",
        "auto_explain.log_analyze = on",
        "auto_explain.log_buffers = on",
    ];

    private readonly StringBuilder _text = new();

    /// <summary>Asks a fresh silo for each kind, beside no other load.</summary>
    public static async Task<Plans> Take(Stage stage, SiloSettings settings, Func<Uri, Parents> parentsAt, Func<ReadKind, ReadStep> draw, CancellationToken stop)
    {
        var (plans, database) = (new Plans(), await stage.Postgres(stop));
        foreach (var one in Switches) await database.Query("postgres", $"alter database {Database} set {one}", stop);
        var silo = await stage.Start(settings, stop);
        using (var parents = parentsAt(silo.Address))
        {
            // First pages before next ones, and all kinds before the first plan is looked at: they share statements.
            foreach (var kind in Enum.GetValues<ReadKind>())
                for (var i = 0; i < CallsBefore; i++) await parents.Ask(draw(kind));
            foreach (var kind in Enum.GetValues<ReadKind>())
            {
                await Task.Delay(Settling, stop);
                var before = database.Log().Length;
                await parents.Ask(draw(kind));
                await Task.Delay(Settling, stop);
                plans.Add(kind, database.Log()[before..]);
            }
        }

        await silo.Stop();
        await database.Query("postgres", $"alter database {Database} reset all", stop);
        return plans;
    }

    /// <summary>Writes them beside a report.</summary>
    public Task Save(FileInfo json, CancellationToken stop) =>
        File.WriteAllTextAsync(Path.ChangeExtension(json.FullName, null) + "-plan.txt", _text.ToString(), stop);

    private void Add(ReadKind kind, string log)
    {
        _text.Append(ReadsRun.NameOf(kind).ToUpperInvariant()).Append("\n\n");
        // A record of the log begins with its time; the lines that follow it are indented.
        foreach (var record in log.Split("\n20").Where(record => record.Contains(PlanMark, StringComparison.Ordinal) && IsOfAccount(record)))
            _text.Append(record[(record.IndexOf(PlanMark, StringComparison.Ordinal) + PlanMark.Length)..].Replace("\n\t", "\n", StringComparison.Ordinal).Trim()).Append("\n\n");
    }

    // What the silo does besides, such as to look for news in the feed, is of no account.
    private static bool IsOfAccount(string record) => record.Contains("account = $", StringComparison.Ordinal) || record.Contains("unnest($", StringComparison.Ordinal) || record.Contains("number = $", StringComparison.Ordinal);
}
