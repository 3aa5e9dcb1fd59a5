using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

/// <summary>
/// Why an account's command changes nothing, listed in order of precedence: the first that applies is told. The first six are
/// those of <see cref="CardRefusal"/>. Sent to devices: never renumbered, so that later ones stand out of their number's order.
/// </summary>
public enum AccountRefusal
{
    /// <summary>Granted.</summary>
    None = 0,

    /// <inheritdoc cref="CardRefusal.Unknown"/>
    CardUnknown = 1,

    /// <inheritdoc cref="CardRefusal.Destroyed"/>
    CardDestroyed = 2,

    /// <inheritdoc cref="CardRefusal.Lost"/>
    CardLost = 3,

    /// <inheritdoc cref="CardRefusal.Blocked"/>
    CardBlocked = 4,

    /// <inheritdoc cref="CardRefusal.NotActive"/>
    CardNotActive = 5,

    /// <inheritdoc cref="CardRefusal.Expired"/>
    CardExpired = 6,

    /// <summary>No such account.</summary>
    AccountUnknown = 7,

    /// <summary>The account is closed (M12).</summary>
    AccountClosed = 8,

    /// <summary>Whoever settles the class may not do so at that till (M7).</summary>
    SettlementNotAllowed = 24,

    /// <summary>The account has no sale of that number.</summary>
    SaleUnknown = 9,

    /// <summary>Another operator sold it (M8).</summary>
    OtherOperator = 10,

    /// <summary>The sale does not have the lines that are named (M8).</summary>
    LineUnknown = 21,

    /// <summary>It was taken back already, or the lines that are named were (M8).</summary>
    AlreadyReversed = 11,

    /// <summary>The policy's days are over (M8).</summary>
    ReversalTooLate = 12,

    /// <summary>The family's stop list forbids the lines that are named (M3).</summary>
    StopList = 18,

    /// <summary>The stop list forbids the lines that are named, and whoever asks for an exception may not have one here (M3).</summary>
    OverrideNotAllowed = 19,

    /// <summary>Nobody pays that meal for this child on that day (M5).</summary>
    NotEntitled = 22,

    /// <summary>The meal was had already at public cost (M5).</summary>
    AlreadyRedeemed = 23,

    /// <summary>The day's limit of hot meals or of the buffet would be exceeded (M2); the lines of that category are named.</summary>
    CategoryLimit = 16,

    /// <summary>The day's limit would be exceeded (M2).</summary>
    DailyLimit = 13,

    /// <summary>The purse does not hold enough. When lines are named, it is for them: the rest may be had, on credit if need be.</summary>
    InsufficientFunds = 14,

    /// <summary>The hot meals would take the purse below the floor that policy sets (M4).</summary>
    CreditUsedUp = 17,

    /// <summary>The family asks that the cashier confirm the lines that are named (M3). Told last: everything else is in order.</summary>
    ConfirmationNeeded = 20,

    /// <summary>The purse would hold more than <see cref="Limits.BalanceMax"/>.</summary>
    PurseFull = 15,

    /// <summary>The installation does not allow money to change its purpose (M11).</summary>
    PurseTransferNotAllowed = 25,

    /// <summary>The other account could not take the money: it is closed, or its purse would be too full (M11). The money is back.</summary>
    TransferDeclined = 26,

    /// <summary>Nobody has registered the account to which money should go (M11).</summary>
    ReceiverUnknown = 27,

    /// <summary>Something is owed: an account is closed when that is paid (M12).</summary>
    InDebt = 28,

    /// <summary>Money that has left the account has not arrived yet: it might come back (M12).</summary>
    MoneyInTransit = 29,

    /// <summary>There is money in the purses, and nobody said where it shall go (M12).</summary>
    PurseNotEmpty = 30,

    /// <summary>Meals are ordered that have not been had yet: they are cancelled or had first (M12).</summary>
    OrdersOpen = 31,

    /// <summary>There is no open order of that number (M6).</summary>
    OrderUnknown = 32,

    /// <summary>The cut-off is over (M6).</summary>
    CutOffOver = 33,

    /// <summary>That meal of that day is ordered already (M6).</summary>
    AlreadyOrdered = 34,

    /// <summary>More meals are ordered than an account may have open (M6).</summary>
    TooManyOrders = 35,

    /// <summary>That meal is not ordered here for this day, or was had already (M6).</summary>
    NotOrdered = 36,

    /// <summary>It is not on the menu of that school and day (M6).</summary>
    NotOnMenu = 37,
}
