namespace Zvonok.Domain.Cards;

/// <summary>What a card may do, and where its life may go (C2).</summary>
public static partial class CardRules
{
    /// <summary>Why the card may not be used at <paramref name="now"/>; null stands for a card that nobody registered.</summary>
    public static CardRefusal Check(Card? card, Instant now) => card switch
    {
        null => CardRefusal.Unknown,
        { State: CardState.Destroyed } => CardRefusal.Destroyed,
        { State: CardState.Lost } => CardRefusal.Lost,
        { State: CardState.Blocked } => CardRefusal.Blocked,
        { State: not CardState.Active } => CardRefusal.NotActive,
        { ExpiresAt: { } end } when end <= now => CardRefusal.Expired,
        _ => CardRefusal.None,
    };

    /// <summary>
    /// True when a card in one state may be put into another. A lost or blocked card has to be handed in before it can
    /// be bound again; nothing comes back from destruction. Staying where it is, is always allowed.
    /// </summary>
    public static bool MayBecome(CardState from, CardState to) => from == to || (from, to) switch
    {
        (CardState.Issued, CardState.Active or CardState.Destroyed) => true,
        (CardState.Active, CardState.Lost or CardState.Blocked or CardState.Returned) => true,
        (CardState.Lost, CardState.Returned or CardState.Destroyed) => true,
        (CardState.Blocked, CardState.Returned or CardState.Destroyed) => true,
        (CardState.Returned, CardState.Active or CardState.Destroyed) => true,
        _ => false,
    };
}
