namespace Zvonok.Domain.Cards;

/// <summary>Why nothing is done with a card, in order of precedence: the first that applies is told. Stored: never renumbered.</summary>
public enum CardCommandRefusal : short
{
    /// <summary>It is done.</summary>
    None = 0,

    /// <summary>Whoever asks is no employee.</summary>
    NotAllowed = 1,

    /// <summary>Nobody registered the card.</summary>
    CardUnknown = 2,

    /// <summary>It was destroyed.</summary>
    CardDestroyed = 3,

    /// <summary>It belongs to another school, which alone may do that (C5).</summary>
    OtherSchool = 4,

    /// <summary>The card is registered already.</summary>
    AlreadyRegistered = 5,

    /// <summary>Cards of its kind are not dealt with so: temporary and visitors' cards have ways of their own.</summary>
    KindForbids = 6,

    /// <summary>It is bound to another account: it has to be handed in before (C3).</summary>
    BoundToAnother = 7,

    /// <summary>Its state does not go there (C2).</summary>
    StateForbids = 8,

    /// <summary>The card that shall take another's place is bound, destroyed, temporary or another school's.</summary>
    SuccessorNotFree = 9,

    /// <summary>Nobody registered the account.</summary>
    AccountUnknown = 10,

    /// <summary>The account is closed (M12).</summary>
    AccountClosed = 11,

    /// <summary>The account has another active card, and policy allows one (C3).</summary>
    OtherCardActive = 12,

    /// <summary>A temporary or a visitor's card would end in the past, or lasts too long.</summary>
    ExpiryNotAllowed = 13,

    /// <summary>The fee is more than the meal purse has; it can be paid at a bank (M13).</summary>
    InsufficientFunds = 14,

    /// <summary>It is known already that the card has a clone (C8).</summary>
    AlreadyFlagged = 15,

    /// <summary>Whom a visitor wants to see is no employee (P7).</summary>
    HostNotAllowed = 16,
}
