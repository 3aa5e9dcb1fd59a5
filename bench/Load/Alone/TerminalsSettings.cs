namespace Zvonok.Load.Alone;

/// <summary>What a run of <c>terminals</c> is made with.</summary>
internal sealed record TerminalsSettings
{
    /// <summary>Cards on the list.</summary>
    public required int Cards { get; init; }

    /// <summary>Facts in the queue before the first decision.</summary>
    public required int Queued { get; init; }

    /// <summary>Decisions of a turn.</summary>
    public required int Decisions { get; init; }

    /// <summary>Turns of each arm.</summary>
    public required int Rounds { get; init; }

    public required FileInfo? Json { get; init; }

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?> { ["cards"] = Cards, ["queued"] = Queued, ["decisions"] = Decisions, ["rounds"] = Rounds };
}
