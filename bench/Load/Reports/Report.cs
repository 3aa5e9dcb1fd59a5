using System.Text.Json;
using System.Text.Json.Serialization;
using Zvonok.Processes;

namespace Zvonok.Load.Reports;

/// <summary>The JSON of a run.</summary>
internal sealed record Report
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public required string Verb { get; init; }

    public required string Date { get; init; }

    public required string Commit { get; init; }

    public Machine Machine { get; init; } = Machine.Read();

    public string Note { get; init; } = "Load tool, server and database share the machine's cores.";

    /// <summary>Whether PostgreSQL's cache lay on huge pages; null without PostgreSQL.</summary>
    public required bool? DatabaseOnHugePages { get; init; }

    public required IReadOnlyDictionary<string, object?> Settings { get; init; }

    public required IReadOnlyDictionary<string, ArmFigures> Arms { get; init; }

    public IReadOnlyDictionary<string, Ratio>? Ratios { get; init; }

    /// <summary>Figures that only this verb has.</summary>
    public IReadOnlyDictionary<string, object?>? Figures { get; init; }

    /// <summary>Whatever should not have happened, with how often it did; empty for a clean run.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    public bool Clean => Failures.Count == 0;

    /// <summary>Writes the report and returns the path of the plot that belongs beside it.</summary>
    public async Task<string> Write(string path, CancellationToken stop)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(this, Layout) + "\n", stop);
        return Path.ChangeExtension(path, ".png");
    }

    /// <summary>The present time, as reports tell it.</summary>
    public static string Now() => SystemClock.Instance.GetCurrentInstant().ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null);

    /// <summary>The commit that the working copy stands on, marked when there are changes on top of it.</summary>
    public static Task<string> CommitOfWorkingCopy(CancellationToken stop) => Repository.Commit(stop);
}
