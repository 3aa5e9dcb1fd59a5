using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>The answer to a tap or a change of mode: the same again for the same operation.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.BuildingAnswer")]
public readonly record struct BuildingAnswer
{
    /// <summary>The passage's number; 0 when it has none (<see cref="IsUnrecorded"/>).</summary>
    [Id(0)]
    public required long Seq { get; init; }

    /// <summary>What the gate does.</summary>
    [Id(1)]
    public required PassageOutcome Outcome { get; init; }

    /// <summary>Why it is worth a look.</summary>
    [Id(2)]
    public PassageFlag Flag { get; init; }

    /// <summary>Why the gate stays shut.</summary>
    [Id(3)]
    public TapRefusal Refusal { get; init; }

    /// <summary>In or out; null for a change of mode.</summary>
    [Id(4)]
    public Direction? Direction { get; init; }

    /// <summary>Whose card; null for a card that nobody registered.</summary>
    [Id(5)]
    public AccountNumber? Account { get; init; }

    /// <summary>The event's time as recorded.</summary>
    [Id(6)]
    public Instant EventAt { get; init; }

    /// <summary>True when it was decided from memory because the journal is away (O5): whoever asked has to tell of it again, by the same operation.</summary>
    [Id(7)]
    public bool IsUnrecorded { get; init; }

    /// <summary>The same for a passage that is in no journal.</summary>
    public static BuildingAnswer FromMemory(Passage passage) => From(passage) with { Seq = 0, IsUnrecorded = true };

    /// <summary>The answer that a passage stands for.</summary>
    public static BuildingAnswer From(Passage passage) => new()
    {
        Seq = passage.Seq,
        Outcome = passage.Outcome,
        Flag = passage.Flag,
        Refusal = passage.Refusal,
        Direction = passage.Direction,
        Account = passage.Account,
        EventAt = passage.EventAt,
    };
}
