namespace Zvonok.Load.Lists;

/// <summary>What a run of <c>lists</c> is made with.</summary>
internal sealed record ListsSettings
{
    public required Store Store { get; init; }

    /// <summary>Cards that open the building, each with an account, meals at public cost and two ordered meals.</summary>
    public required int Cards { get; init; }

    /// <summary>How often each kind of list is fetched.</summary>
    public required int Rounds { get; init; }

    public required FileInfo? Json { get; init; }

    public IReadOnlyDictionary<string, object?> AsReported() => new Dictionary<string, object?>
    {
        ["store"] = Store.ToString(),
        ["cards"] = Cards,
        ["rounds"] = Rounds,
        ["postgres"] = Stage.ReportedDatabaseSettings(),
    };
}
