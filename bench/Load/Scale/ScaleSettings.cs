using Zvonok.Load.Morning;

namespace Zvonok.Load.Scale;

/// <summary>What a run of <c>scale</c> is made with.</summary>
internal sealed record ScaleSettings
{
    public required int SilosMax { get; init; }

    public required int Rounds { get; init; }

    public required int Pupils { get; init; }

    public required int Rate { get; init; }

    /// <summary>Seconds at the rate before anything is measured: every silo compiles its code anew, and shall have done so.</summary>
    public required int WarmSeconds { get; init; }

    public required int Seconds { get; init; }

    public required int Connections { get; init; }

    public required Wiring Wiring { get; init; }

    public required FileInfo? Json { get; init; }

    /// <summary>The load of every arm: the same rate from beginning to end.</summary>
    public MorningSettings Load => new()
    {
        Store = Store.Postgres,
        Pupils = Pupils,
        Rate = Rate,
        Seconds = WarmSeconds + Seconds,
        Connections = Connections,
        Shape = Shape.Held,
        Cold = false,
        Json = null,
    };

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["silos_max"] = SilosMax,
        ["rounds"] = Rounds,
        ["pupils"] = Pupils,
        ["rate"] = Rate,
        ["warm_seconds"] = WarmSeconds,
        ["seconds"] = Seconds,
        ["connections"] = Connections,
        ["wiring"] = Wiring.ToString(),
        ["tap_share"] = Math.Round(CityDay.TapShare, 3),
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
