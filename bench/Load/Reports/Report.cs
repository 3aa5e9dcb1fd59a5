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

    /// <summary>When the run ended.</summary>
    public string Date { get; init; } = SystemClock.Instance.GetCurrentInstant().ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", null);

    /// <summary>What the working copy stands on, marked when there are changes on top of it.</summary>
    public string Commit { get; init; } = "unknown";

    public Machine Machine { get; init; } = Machine.Read();

    public string Note { get; init; } = "Load tool, server and database share the machine's cores.";

    /// <summary>Whether PostgreSQL's cache lay on huge pages; null without PostgreSQL.</summary>
    public bool? DatabaseOnHugePages { get; init; }

    public required IReadOnlyDictionary<string, object?> Settings { get; init; }

    public required IReadOnlyDictionary<string, ArmFigures> Arms { get; init; }

    public IReadOnlyDictionary<string, Ratio>? Ratios { get; init; }

    /// <summary>Figures that only this verb has.</summary>
    public IReadOnlyDictionary<string, object?>? Figures { get; init; }

    /// <summary>Whatever should not have happened, with how often it did; empty for a clean run.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    public bool Clean => Failures.Count == 0;

    /// <summary>The end of every run: the report with what its machine and its stage add, written with its plot when a file is named, and shown.</summary>
    /// <param name="stage">Where the run was played; it still stands.</param>
    /// <param name="json">Where the report is written; the plot goes beside it.</param>
    /// <param name="plot">Draws the report to a path.</param>
    /// <param name="stop">Breaks it off.</param>
    /// <returns>The exit status.</returns>
    public async Task<int> Publish(Stage stage, FileInfo? json, Action<Report, string> plot, CancellationToken stop)
    {
        var whole = this with { Commit = await Repository.Commit(stop), DatabaseOnHugePages = stage.IsDatabaseOnHugePages };
        if (json is not null)
        {
            Directory.CreateDirectory(json.DirectoryName!);
            await File.WriteAllTextAsync(json.FullName, JsonSerializer.Serialize(whole, Layout) + "\n", stop);
            plot(whole, Path.ChangeExtension(json.FullName, ".png"));
        }

        Terminal.Show(whole);
        return whole.Clean ? 0 : 1;
    }
}
