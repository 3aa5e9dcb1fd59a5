namespace Zvonok.Load.Notices;

/// <summary>What the notices are measured with.</summary>
internal sealed record NoticesSettings
{
    public required Store Store { get; init; }

    public required int Pupils { get; init; }

    public required int Rate { get; init; }

    public required int Seconds { get; init; }

    public required int Rounds { get; init; }

    public required int RoundSeconds { get; init; }

    public required FileInfo? Json { get; init; }

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["pupils"] = Pupils,
        ["rate"] = Rate,
        ["seconds"] = Seconds,
        ["rounds"] = Rounds,
        ["round_seconds"] = RoundSeconds,
        ["told_share"] = 0.7,
        ["channels_each"] = 1.5,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
