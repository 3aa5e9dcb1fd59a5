using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>What kind of identifier it is (C1). Stored: never renumbered.</summary>
public enum CardKind : short
{
    /// <summary>A school card.</summary>
    SchoolCard = 1,

    /// <summary>A fob.</summary>
    Fob = 2,

    /// <summary>A bracelet.</summary>
    Bracelet = 3,

    /// <summary>A transport card that opens the school too.</summary>
    TransportCard = 4,

    /// <summary>A city card of a pupil or benefit holder.</summary>
    CityCard = 5,

    /// <summary>A phone.</summary>
    Phone = 6,

    /// <summary>An adult's card for bringing and collecting.</summary>
    PickUpCard = 7,

    /// <summary>A card for a day; it expires.</summary>
    TemporaryCard = 8,

    /// <summary>A visitor's card; it expires.</summary>
    VisitorCard = 9,
}

/// <summary>Where a card stands in its life (C2). Stored: never renumbered.</summary>
public enum CardState : short
{
    /// <summary>Made, not yet bound.</summary>
    Issued = 1,

    /// <summary>In use.</summary>
    Active = 2,

    /// <summary>Reported lost.</summary>
    Lost = 3,

    /// <summary>Blocked by the responsible employee or a policy.</summary>
    Blocked = 4,

    /// <summary>Handed in; may be bound again.</summary>
    Returned = 5,

    /// <summary>Gone for good.</summary>
    Destroyed = 6,
}

/// <summary>Why a card may not be used, in order of precedence. The numbers start every refusal enumeration.</summary>
public enum CardRefusal
{
    /// <summary>It may be used.</summary>
    None = 0,

    /// <summary>Nobody registered it.</summary>
    Unknown = 1,

    /// <summary>It was destroyed.</summary>
    Destroyed = 2,

    /// <summary>It was reported lost.</summary>
    Lost = 3,

    /// <summary>It is blocked.</summary>
    Blocked = 4,

    /// <summary>It is not bound yet, or was handed in.</summary>
    NotActive = 5,

    /// <summary>Its time is over.</summary>
    Expired = 6,
}

/// <summary>A registered card: its kind and state, whose it is, and what it opens.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Card")]
public sealed record Card
{
    /// <summary>Its name behind the doors.</summary>
    [Id(0)]
    public required CardToken Token { get; init; }

    /// <summary>What it is.</summary>
    [Id(1)]
    public required CardKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    [Id(2)]
    public required CardState State { get; init; }

    /// <summary>Whose it is.</summary>
    [Id(3)]
    public required AccountNumber Account { get; init; }

    /// <summary>What it opens.</summary>
    [Id(4)]
    public required AccessRights Rights { get; init; }

    /// <summary>When it stops working; null: never.</summary>
    [Id(5)]
    public Instant? ExpiresAt { get; init; }

    /// <summary>1 as registered; each change adds one.</summary>
    [Id(6)]
    public long Version { get; init; } = 1;

    /// <summary>Whether its radio number was seen on another card since it was bound (C8).</summary>
    [Id(7)]
    public bool IsCloned { get; init; }

    /// <summary>What its holder is, which never changes; null where a card is told of without its holder: in the feed and in the registry.</summary>
    [Id(15)]
    public AccountKind? Holder { get; init; }

    /// <summary>The holder's roles (S1, S3), and none where <see cref="Holder"/> is null.</summary>
    [Id(16)]
    public RoleNames Roles { get; init; }

    /// <summary>The holder's class or group (S2); null for none, and where <see cref="Holder"/> is null.</summary>
    [Id(17)]
    public string? Group { get; init; }
}
