using Zvonok.Load.Morning;

namespace Zvonok.Load.Hot;

/// <summary>What a run of <c>hot</c> is made with.</summary>
internal sealed record HotSettings
{
    public required Store Store { get; init; }

    public required int Pupils { get; init; }

    /// <summary>Taps and sales a second of everybody else, in an open loop.</summary>
    public required int Rate { get; init; }

    /// <summary>Who buys from the one account, each waiting for an answer before the next sale.</summary>
    public required int Callers { get; init; }

    /// <summary>How long each of them rests between an answer and the next sale.</summary>
    public required TimeSpan Pause { get; init; }

    public required int Rounds { get; init; }

    /// <summary>How long each arm's turn is.</summary>
    public required int Seconds { get; init; }

    public required FileInfo? Json { get; init; }

    /// <summary>Turns of all rounds, one after the other, and one that nobody measures before them.</summary>
    public int Turns => 1 + Rounds * HotRun.ArmsInTurn;

    /// <summary>Everybody else's load over the whole run.</summary>
    public MorningSettings Load => new()
    {
        Store = Store,
        Pupils = Pupils,
        Rate = Rate,
        Seconds = Turns * Seconds,
        Connections = Connections,
        Shape = Shape.Held,
        Cold = false,
        Json = null,
    };

    /// <summary>Sockets of everybody else.</summary>
    private const int Connections = 32;

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["pupils"] = Pupils,
        ["rate"] = Rate,
        ["callers"] = Callers,
        ["pause_ms"] = Pause.TotalMilliseconds,
        ["flood_callers"] = Callers * HotRun.FloodFactor,
        ["rounds"] = Rounds,
        ["seconds"] = Seconds,
        ["connections"] = Connections,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
