using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>What a command decided: changes to write, or why not. A refused one may have shown a clone, which is written.</summary>
/// <param name="Refusal">Why not; <see cref="CardCommandRefusal.None"/> when granted.</param>
/// <param name="Changes">To be written, all or none.</param>
/// <param name="Holder">The account that gets a card in use; null when none does.</param>
public sealed record CardDecision(CardCommandRefusal Refusal, IReadOnlyList<CardChange> Changes, AccountNumber? Holder = null)
{
    /// <summary>The visit that a visitor's card is given for, with an account that is made for it (P7); null usually.</summary>
    public Visit? Visit { get; init; }
}

/// <summary>The answer to a command: the same again for the same operation.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.CardAnswer")]
public sealed record CardAnswer
{
    /// <summary>Why not; <see cref="CardCommandRefusal.None"/> when granted.</summary>
    [Id(0)]
    public required CardCommandRefusal Refusal { get; init; }

    /// <summary>The card that the command named, afterwards; null when refused.</summary>
    [Id(1)]
    public CardStanding? Card { get; init; }

    /// <summary>The card that has taken its place; null usually.</summary>
    [Id(2)]
    public CardStanding? Successor { get; init; }

    /// <summary>Whether the card belongs to another school than that where it was done; then that is all to be told (C5).</summary>
    [Id(3)]
    public bool IsFoundElsewhere { get; init; }

    /// <summary>What a replacement costs, zero when it is waived; null when nothing is due.</summary>
    [Id(4)]
    public Money? Fee { get; init; }

    /// <summary>When it was recorded; not told with a refusal.</summary>
    [Id(5)]
    public Instant At { get; init; }

    /// <summary>The answer that the lines of an operation stand for, by their parts.</summary>
    public static CardAnswer Of(IReadOnlyList<CardEvent> events) => events[0] is { Refusal: CardCommandRefusal.None } named
        ? new CardAnswer
        {
            Refusal = CardCommandRefusal.None, Card = named.Card, Successor = events.Count > 1 ? events[1].Card : null, IsFoundElsewhere = named.IsFoundElsewhere, Fee = named.Fee, At = named.At,
        }
        : Refused(events[0].Refusal);

    /// <summary>Nothing changed for whoever asked.</summary>
    public static CardAnswer Refused(CardCommandRefusal refusal) => new() { Refusal = refusal };
}
