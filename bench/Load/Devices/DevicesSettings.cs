using Zvonok.Load.Morning;

namespace Zvonok.Load.Devices;

/// <summary>What a run of <c>devices</c> is made with.</summary>
internal sealed record DevicesSettings
{
    /// <summary>Sockets of the arm beside it, which all devices share.</summary>
    public const int FewSockets = 64;

    public required Store Store { get; init; }

    public required int Pupils { get; init; }

    /// <summary>Devices at least; all of the city are connected.</summary>
    public required int Devices { get; init; }

    /// <summary>Devices that begin to connect in a second.</summary>
    public required int ConnectRate { get; init; }

    /// <summary>Seconds without a tap.</summary>
    public required int RestSeconds { get; init; }

    /// <summary>Taps a second.</summary>
    public required int Rate { get; init; }

    /// <summary>Seconds of a turn.</summary>
    public required int Seconds { get; init; }

    /// <summary>Turns of each arm.</summary>
    public required int Rounds { get; init; }

    /// <summary>Evacuations while the load runs.</summary>
    public required int Drills { get; init; }

    public required FileInfo? Json { get; init; }

    /// <summary>Turns altogether: one unmeasured, both arms in turn, and one with evacuations beside it.</summary>
    public int Turns => 2 + 2 * Rounds;

    /// <summary>The load of all turns, of which the taps are played.</summary>
    public MorningSettings Load => new()
    {
        Store = Store, Pupils = Pupils, Rate = (int)(Rate / CityDay.TapShare), Seconds = Seconds * Turns, Connections = FewSockets, Shape = Shape.Held, Cold = false, Json = null,
    };

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["pupils"] = Pupils,
        ["connect_rate"] = ConnectRate,
        ["rest_seconds"] = RestSeconds,
        ["rate"] = Rate,
        ["seconds"] = Seconds,
        ["rounds"] = Rounds,
        ["drills"] = Drills,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
