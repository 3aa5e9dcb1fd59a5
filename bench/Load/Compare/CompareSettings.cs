
namespace Zvonok.Load.Compare;

/// <summary>What a comparison is made with.</summary>
internal sealed record CompareSettings
{
    public required Store Store { get; init; }

    public required int Rounds { get; init; }

    public required int Seconds { get; init; }

    public required ClientSettings Client { get; init; }

    /// <summary>Classes in flight on each socket.</summary>
    public required int ClassesInFlight { get; init; }

    public required int Pupils { get; init; }

    public required FileInfo? Json { get; init; }

    /// <summary>The client of those who settle classes.</summary>
    public ClientSettings ClassClient => Client with { InFlight = ClassesInFlight };

    /// <summary>As the report shows them.</summary>
    public IReadOnlyDictionary<string, object?> AsReported(int rivalConnections) => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["rounds"] = Rounds,
        ["seconds"] = Seconds,
        ["connections"] = Client.Connections,
        ["in_flight"] = Client.InFlight,
        ["classes_in_flight"] = ClassesInFlight,
        ["class_size"] = ClassSource.Size,
        ["pupils"] = Pupils,
        ["rival_connections"] = rivalConnections,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
