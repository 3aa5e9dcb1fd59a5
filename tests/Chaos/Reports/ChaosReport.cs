using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zvonok.Chaos.Reports;

/// <summary>The files of a run.</summary>
internal static class ChaosReport
{
    private const int BreachesMax = 100;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the report, the plot beside it, and the silos' logs when the run is not clean; nothing without a name for it.</summary>
    public static async Task Save(ChaosResult result, CancellationToken stop)
    {
        if (result.Settings.Json is not { } json) return;
        Directory.CreateDirectory(json.DirectoryName!);
        var (date, commit) = (SystemClock.Instance.GetCurrentInstant().ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null), await Repository.Commit(stop));
        var seconds = Second.Of(result);
        await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(Content(result, seconds, date, commit), Layout) + "\n", stop);
        Timeline.Save(result, seconds, $"{date} · commit {commit[..Math.Min(10, commit.Length)]}", Path.ChangeExtension(json.FullName, ".png"));
        if (!result.IsClean) await File.WriteAllLinesAsync(Path.ChangeExtension(json.FullName, ".txt"), Logs(result), stop);
    }

    private static object Content(ChaosResult result, IReadOnlyList<Second> seconds, string date, string commit) => new
    {
        Date = date,
        Commit = commit,
        Note = "Clients, silos and database share the machine's cores.",
        result.Settings.Seed,
        Seconds = Round(result.Settings.Length),
        result.Settings.Silos,
        result.Settings.Rate,
        Accounts = result.Settings.Pupils,
        result.Settings.SplitBrain,
        Broken = result.Settings.Broken.ToString(),
        Clean = result.IsClean,
        result.Outcomes,
        result.Attempts,
        JournalRows = result.Rows,
        result.Unanswered,
        result.Notices,
        AuditStatus = result.Audit.ExitCode,
        Waits = result.Waits.Select(wait => new
        {
            wait.Kind,
            wait.Count,
            TouchedLongestS = Round(wait.Touched),
            OthersLongestS = Round(wait.Others),
            TouchedShareMax = Math.Round(wait.TouchedShare, 3),
            NobodyAnsweredS = Round(wait.Silence),
        }),
        Faults = result.Faults.Select(played => new
        {
            Fault = FaultNames.Of(played.Fault),
            BeganS = Round(played.BeganAt),
            HealedS = Round(played.HealedAt),
        }),
        EndedByThemselves = result.OwnEnds.Select(end => new { Silo = end.Silo + 1, AtS = Round(end.At), end.ExitCode }),
        result.FailedStarts,
        Breaches = result.Breaches.Take(BreachesMax).Select(breach => breach.ToString()),
        BreachCount = result.Breaches.Count,
        AnswersEachSecond = seconds.Select(second => second.Answers),
        LongestWaitMsEachSecond = seconds.Select(second => second.MaxMs),
    };

    private static IEnumerable<string> Logs(ChaosResult result) => result.Logs.Select((log, i) => $"==== silo {i + 1} ====\n{log}").Append(result.Audit.Output);

    private static double Round(TimeSpan time) => Math.Round(time.TotalSeconds, 2);
}
