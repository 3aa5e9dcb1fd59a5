namespace Zvonok.Load.Morning;

/// <summary>How the rate runs over the window.</summary>
internal enum Shape
{
    /// <summary>The busiest second, held from beginning to end.</summary>
    Held,

    /// <summary>The whole arrival curve in fast time; its busiest minute has the rate.</summary>
    Bells,
}

/// <summary>What a morning is made with.</summary>
internal sealed record MorningSettings
{
    public required Store Store { get; init; }

    public required int Pupils { get; init; }

    public required int Rate { get; init; }

    public required int Seconds { get; init; }

    public required int Connections { get; init; }

    public required Shape Shape { get; init; }

    public required bool Cold { get; init; }

    public required FileInfo? Json { get; init; }

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["pupils"] = Pupils,
        ["rate"] = Rate,
        ["seconds"] = Seconds,
        ["connections"] = Connections,
        ["shape"] = Shape.ToString(),
        ["cold"] = Cold,
        ["tap_share"] = Math.Round(CityDay.TapShare, 3),
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
