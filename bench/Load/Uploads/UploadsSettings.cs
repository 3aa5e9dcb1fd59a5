namespace Zvonok.Load.Uploads;

/// <summary>What a run of <c>uploads</c> is made with.</summary>
internal sealed record UploadsSettings
{
    /// <summary>Sockets of the live taps.</summary>
    public const int FewSockets = 64;

    /// <summary>Queues that are uploaded at the same time without a pace: together they have no more under way than a silo of two processors takes.</summary>
    public const int HurrySockets = 14;

    /// <summary>One school in so many is among them.</summary>
    public const int HurryPart = 5;

    public required Store Store { get; init; }

    /// <summary>Pupils of the city; the devices' queues have three facts for four of them.</summary>
    public required int Pupils { get; init; }

    /// <summary>Devices at least; all of the city are connected.</summary>
    public required int Devices { get; init; }

    /// <summary>Devices that begin to connect in a second.</summary>
    public required int ConnectRate { get; init; }

    /// <summary>Live taps a second.</summary>
    public required int LiveRate { get; init; }

    /// <summary>Seconds of a turn of live taps.</summary>
    public required int Seconds { get; init; }

    /// <summary>Turns of live taps with nobody connected, and as many with all devices connected and nothing to upload.</summary>
    public required int Rounds { get; init; }

    public required FileInfo? Json { get; init; }

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["pupils"] = Pupils,
        ["connect_rate"] = ConnectRate,
        ["live_rate"] = LiveRate,
        ["seconds"] = Seconds,
        ["rounds"] = Rounds,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
