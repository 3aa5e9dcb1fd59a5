namespace Zvonok.Grains.Feed;

/// <summary>What a fact tells of. Sent: never renumbered.</summary>
public enum FactKind
{
    /// <summary>An entry of an account's ledger.</summary>
    Entry = 1,

    /// <summary>A card was presented to a gate, or somebody was admitted by hand.</summary>
    Passage = 2,

    /// <summary>A building's mode changed.</summary>
    ModeChange = 3,

    /// <summary>A card was registered or changed.</summary>
    CardChange = 4,

    /// <summary>A gate reported something: that nobody walked through, that it was forced, held open or tampered with.</summary>
    GateEvent = 5,

    /// <summary>A device has fallen silent, or is back (S4).</summary>
    DeviceNews = 6,

    /// <summary>Somebody was found at the assembly point, or was not after all (S2).</summary>
    FoundMark = 7,
}

/// <summary>Something that was committed, and so happened for good.</summary>
/// <param name="Position">The place right after its transaction: who has dealt with all facts up to here may resume there.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Fact")]
public abstract record Fact([property: Id(0)] FeedPosition Position)
{
    /// <summary>Its name.</summary>
    public abstract FactKey Key { get; }

    /// <summary>What it tells of.</summary>
    public abstract FactKind Kind { get; }

    /// <summary>Whom it is about; null when it is about nobody.</summary>
    public abstract AccountNumber? Account { get; }

    /// <summary>When it happened: the device's time, bounded by the server's.</summary>
    public abstract Instant EventAt { get; }

    /// <summary>When the server recorded it.</summary>
    public abstract Instant RecordedAt { get; }
}

/// <summary>An entry of an account's ledger.</summary>
/// <param name="Position"><inheritdoc/></param>
/// <param name="Entry">As committed.</param>
[GenerateSerializer, Immutable, Alias("zvonok.EntryFact")]
public sealed record EntryFact(FeedPosition Position, [property: Id(0)] Entry Entry) : Fact(Position)
{
    /// <inheritdoc/>
    public override FactKey Key => FactKey.Of(Entry.Account, Entry.Seq);

    /// <inheritdoc/>
    public override FactKind Kind => FactKind.Entry;

    /// <inheritdoc/>
    public override AccountNumber? Account => Entry.Account;

    /// <inheritdoc/>
    public override Instant EventAt => Entry.EventAt;

    /// <inheritdoc/>
    public override Instant RecordedAt => Entry.RecordedAt;
}

/// <summary>A tap and what the gate did, a change of mode, or what a gate reported: <see cref="Passage.Kind"/> tells which.</summary>
/// <param name="Position"><inheritdoc/></param>
/// <param name="Passage">As committed.</param>
[GenerateSerializer, Immutable, Alias("zvonok.PassageFact")]
public sealed record PassageFact(FeedPosition Position, [property: Id(0)] Passage Passage) : Fact(Position)
{
    /// <inheritdoc/>
    public override FactKey Key => FactKey.Of(Passage.Building, Passage.Seq);

    /// <inheritdoc/>
    public override FactKind Kind => Passage switch
    {
        { IsPersons: true } => FactKind.Passage,
        { Kind: PassageKind.ModeChange } => FactKind.ModeChange,
        { Kind: PassageKind.DeviceSilent or PassageKind.DeviceBack } => FactKind.DeviceNews,
        { Kind: PassageKind.FoundMark } => FactKind.FoundMark,
        _ => FactKind.GateEvent,
    };

    /// <inheritdoc/>
    public override AccountNumber? Account => Passage.Account;

    /// <inheritdoc/>
    public override Instant EventAt => Passage.EventAt;

    /// <inheritdoc/>
    public override Instant RecordedAt => Passage.RecordedAt;
}

/// <summary>A card was registered (version 1) or changed.</summary>
/// <param name="Position"><inheritdoc/></param>
/// <param name="Card">As it was afterwards.</param>
/// <param name="ChangedAt">When.</param>
[GenerateSerializer, Immutable, Alias("zvonok.CardFact")]
public sealed record CardFact(FeedPosition Position, [property: Id(0)] Card Card, [property: Id(1)] Instant ChangedAt) : Fact(Position)
{
    /// <inheritdoc/>
    public override FactKey Key => FactKey.Of(Card.Token, Card.Version);

    /// <inheritdoc/>
    public override FactKind Kind => FactKind.CardChange;

    /// <inheritdoc/>
    public override AccountNumber? Account => Card.Account;

    /// <inheritdoc/>
    public override Instant EventAt => ChangedAt;

    /// <inheritdoc/>
    public override Instant RecordedAt => ChangedAt;
}
