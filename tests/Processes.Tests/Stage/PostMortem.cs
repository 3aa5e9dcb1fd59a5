using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;

namespace Zvonok.Processes.Tests.Stage;

/// <summary>What is left when a scene has failed: what clients were told, what the silos' gauges say, their memory, and how their logs end.</summary>
internal static partial class PostMortem
{
    private const int LogLinesShown = 40;
    private const int SilosShown = 6;
    private static readonly TimeSpan MetricsMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DumpMax = TimeSpan.FromMinutes(1);

    /// <summary>The same settings for a silo that leaves its memory when it ends itself, if somebody wants it (<see cref="Knobs.Dumps"/>).</summary>
    public static SiloSettings KeptFrom(SiloSettings settings) => Knobs.Dumps is not { } directory ? settings : settings with
    {
        Environment = new Dictionary<string, string>(settings.Environment)
        {
            ["DOTNET_DbgEnableMiniDump"] = "1",
            ["DOTNET_DbgMiniDumpType"] = "2",
            ["DOTNET_DbgMiniDumpName"] = Path.Combine(Made(directory), "%p.dmp"),
        },
    };

    /// <summary>All of it, as text.</summary>
    public static async Task<string> Of(IReadOnlyList<SiloProcess> silos, IEnumerable<Notebook> notebooks, int seed)
    {
        var told = notebooks.Select(notebook => notebook.Summary()).ToList();
        foreach (var silo in silos.Where(silo => !silo.HasExited))
        {
            told.Add($"{silo.Address}: {await OrWhyNot(() => Gauges(silo))}");
            told.Add($"{silo.Address}: {await OrWhyNot(() => Dump(silo, seed))}");
        }

        return string.Join('\n', told.Concat(silos.TakeLast(SilosShown).Select(Log)));
    }

    // Whether a silo that answers nobody still holds what it was asked.
    private static async Task<string> Gauges(SiloProcess silo)
    {
        using var http = new HttpClient { Timeout = MetricsMax };
        var metrics = await http.GetStringAsync($"{ManagementAddress().Match(silo.Output).Groups[1].Value}metrics");
        return string.Join(", ", metrics.Split('\n').Where(line => line.StartsWith("zvonok_", StringComparison.Ordinal) && !line.Contains("_bucket", StringComparison.Ordinal)));
    }

    // A silo that hangs says nothing more. Its memory does, to dotnet-dump.
    private static async Task<string> Dump(SiloProcess silo, int seed)
    {
        if (Knobs.Dumps is not { } directory) return "ZVONOK_DUMPS=DIR would have kept its memory";
        var file = Path.Combine(Made(directory), string.Create(CultureInfo.InvariantCulture, $"{seed}-{silo.ProcessId}.dmp"));
        using var patience = new CancellationTokenSource(DumpMax);
        await new DiagnosticsClient(silo.ProcessId).WriteDumpAsync(DumpType.WithHeap, file, logDumpGeneration: false, patience.Token);
        return $"its memory is in {file}";
    }

    private static string Made(string directory) => Directory.CreateDirectory(directory).FullName;

    private static async Task<string> OrWhyNot(Func<Task<string>> tell)
    {
        try
        {
            return await tell();
        }
        catch (Exception exception)
        {
            return $"not to be had, {exception.Message}";
        }
    }

    private static string Log(SiloProcess silo) =>
        $"The silo at {silo.Address}, {(silo.HasExited ? "gone" : "running")}, last said:\n{string.Join('\n', silo.Output.Split('\n').TakeLast(LogLinesShown))}";

    [GeneratedRegex(@"Metrics and health are at (\S+)")]
    private static partial Regex ManagementAddress();
}
