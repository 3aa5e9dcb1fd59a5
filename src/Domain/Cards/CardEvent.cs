using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Cards;

/// <summary>What was done with a card. Stored: never renumbered.</summary>
public enum CardEventKind : short
{
    /// <summary>It was made for an account.</summary>
    Issued = 1,

    /// <summary>It was handed over to its account, and is in use (C3).</summary>
    Bound = 2,

    /// <summary>Another card has taken its place (C4).</summary>
    Replaced = 3,

    /// <summary>It has taken another card's place (C4).</summary>
    TookPlace = 4,

    /// <summary>It was reported lost.</summary>
    ReportedLost = 5,

    /// <summary>It was blocked.</summary>
    Blocked = 6,

    /// <summary>It was handed in (C5).</summary>
    HandedIn = 7,

    /// <summary>It was destroyed.</summary>
    Destroyed = 8,

    /// <summary>It was given out for a while.</summary>
    GivenForAWhile = 9,

    /// <summary>Its radio number was seen on another card (C8).</summary>
    CloneSeen = 10,

    /// <summary>It is known by a token of a newer key; this token is gone, and the other one has taken its place (C7).</summary>
    Retokened = 11,

    /// <summary>It was given to a visitor for a while (P7).</summary>
    GivenToVisitor = 12,
}

/// <summary>Where a card stands after something was done with it; nothing that says what it opens.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardStanding")]
public sealed record CardStanding
{
    /// <summary>Which card.</summary>
    [Id(0)]
    public required CardToken Token { get; init; }

    /// <summary>The version of the card that it is of.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>What it is.</summary>
    [Id(2)]
    public required CardKind Kind { get; init; }

    /// <summary>Where it stands in its life.</summary>
    [Id(3)]
    public required CardState State { get; init; }

    /// <summary>Whose it is.</summary>
    [Id(4)]
    public required AccountNumber Account { get; init; }

    /// <summary>When it stops working; null: never.</summary>
    [Id(5)]
    public Instant? ExpiresAt { get; init; }

    /// <summary>Whether its radio number was seen on another card (C8).</summary>
    [Id(6)]
    public bool IsCloned { get; init; }

    /// <summary>Of a card.</summary>
    public static CardStanding Of(Card card) => new()
    {
        Token = card.Token, Version = card.Version, Kind = card.Kind, State = card.State, Account = card.Account, ExpiresAt = card.ExpiresAt, IsCloned = card.IsCloned,
    };
}

/// <summary>One line of the log of cards: immutable, and for ever.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardEvent")]
public sealed record CardEvent
{
    /// <summary>The card afterwards; its version is the line's number.</summary>
    [Id(0)]
    public required CardStanding Card { get; init; }

    /// <summary>What was done.</summary>
    [Id(1)]
    public required CardEventKind Kind { get; init; }

    /// <summary>The operation that did it.</summary>
    [Id(2)]
    public required OperationId Operation { get; init; }

    /// <summary>0 for the card that the operation names, 1 for the one that takes its place.</summary>
    [Id(3)]
    public required short Part { get; init; }

    /// <summary>What the operation asked for.</summary>
    [Id(4)]
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>When the server recorded it.</summary>
    [Id(5)]
    public required Instant At { get; init; }

    /// <summary>Who, where and why.</summary>
    [Id(6)]
    public required CardAuthor Author { get; init; }

    /// <summary>The school to which the card belongs.</summary>
    [Id(7)]
    public required BuildingId Home { get; init; }

    /// <summary>The other card of a replacement; null usually.</summary>
    [Id(8)]
    public CardToken? Other { get; init; }

    /// <summary>What a replacement costs, zero when it is waived; null when nothing is due.</summary>
    [Id(9)]
    public Money? Fee { get; init; }

    /// <summary>What the operation was refused for that showed a clone; none usually.</summary>
    [Id(10)]
    public CardCommandRefusal Refusal { get; init; }

    /// <summary>Whether it was handed in at a school that is not its own (C5).</summary>
    public bool IsFoundElsewhere => Kind == CardEventKind.HandedIn && Home != Author.Building;
}

/// <summary>A card as it becomes, and the line of the log that tells of it.</summary>
/// <param name="Card">As it is afterwards.</param>
/// <param name="Event">The line.</param>
public sealed record CardChange(Card Card, CardEvent Event);
