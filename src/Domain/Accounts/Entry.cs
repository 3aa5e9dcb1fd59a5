using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>What an entry tells of. Stored: never renumbered.</summary>
public enum EntryKind : short
{
    /// <summary>Products were sold (M1).</summary>
    Sale = 1,

    /// <summary>A sale was taken back, whole or some of its lines (M8).</summary>
    Reversal = 2,

    /// <summary>Money arrived (M9).</summary>
    TopUp = 3,

    /// <summary>A daily limit changed (M2); the amount is zero.</summary>
    LimitChange = 4,

    /// <summary>The stop list changed (M3); the amount is zero.</summary>
    StopListChange = 5,

    /// <summary>A ride was paid for (M10).</summary>
    Ride = 6,

    /// <summary>A meal at public cost was had (M5); no purse moves.</summary>
    Redemption = 7,

    /// <summary>The entitlements changed (M5); the amount is zero.</summary>
    EntitlementChange = 8,

    /// <summary>Money left for another account or purse (M11).</summary>
    TransferOut = 9,

    /// <summary>Money arrived from another account or purse (M11).</summary>
    TransferIn = 10,

    /// <summary>Money from another account could not be taken (M11); the amount is zero.</summary>
    TransferDeclined = 11,

    /// <summary>Money that had left for another account came back, since that one could not take it (M11).</summary>
    TransferReturn = 12,

    /// <summary>A fee was paid, from the purse or at a bank, or waived: then the amount is zero (M13).</summary>
    Fee = 13,

    /// <summary>What was in a purse was paid out when the account was closed (M12).</summary>
    Payout = 14,

    /// <summary>The account was closed (M12); the amount is zero.</summary>
    Closing = 15,

    /// <summary>A meal was ordered and paid ahead (M6).</summary>
    Order = 16,

    /// <summary>An order was cancelled before its cut-off, and its money came back (M6).</summary>
    OrderCancel = 17,

    /// <summary>What was ordered was served: what was paid ahead went to the operator, and no purse moves (M6).</summary>
    OrderRedemption = 18,

    /// <summary>An order that nobody fetched ended with its day: its money came back, or went to the operator (M6).</summary>
    OrderExpiry = 19,

    /// <summary>A terminal without connection has handed out a meal for which no money moves (O4): its marks say why; without any, the operator has its price already.</summary>
    HandedOut = 20,
}

/// <summary>
/// One immutable line of an account's ledger: a transfer between a purse, or the budget that pays instead, and a contra account (M14). It carries the
/// account's whole hot state after it, so that the newest entry alone brings an account back.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.Entry")]
public sealed record Entry
{
    /// <summary>Whose ledger.</summary>
    [Id(0)]
    public required AccountNumber Account { get; init; }

    /// <summary>1, 2, 3 without a gap. The key (account, seq) is also the fence against a stale writer.</summary>
    [Id(1)]
    public required long Seq { get; init; }

    /// <summary>The operation that made it.</summary>
    [Id(2)]
    public required OperationId Operation { get; init; }

    /// <summary>What the operation asked for.</summary>
    [Id(3)]
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>What it tells of.</summary>
    [Id(4)]
    public required EntryKind Kind { get; init; }

    /// <summary>Which purse.</summary>
    [Id(5)]
    public required Purse Purse { get; init; }

    /// <summary>Into the purse, or the budget that pays; negative when it leaves it.</summary>
    [Id(6)]
    public required Money Amount { get; init; }

    /// <summary>The other side.</summary>
    [Id(7)]
    public required ContraAccount Contra { get; init; }

    /// <summary>The meal purse afterwards.</summary>
    [Id(8)]
    public required Money MealAfter { get; init; }

    /// <summary>The transport purse afterwards.</summary>
    [Id(9)]
    public required Money TransportAfter { get; init; }

    /// <summary>The calendar day, in the account's zone, whose limit this entry counts on; a reversal counts on its sale's day. Of an order: the day of the meal.</summary>
    [Id(10)]
    public required LocalDate LimitDay { get; init; }

    /// <summary>The account's latest day of spending.</summary>
    [Id(11)]
    public required LocalDate SpentOn { get; init; }

    /// <summary>What is spent from the meal purse on <see cref="SpentOn"/>, this entry included.</summary>
    [Id(12)]
    public required Money SpentAfter { get; init; }

    /// <summary>When it happened: the device's time, bounded by the server's.</summary>
    [Id(13)]
    public required Instant EventAt { get; init; }

    /// <summary>When the server recorded it; never earlier than the entry before.</summary>
    [Id(14)]
    public required Instant RecordedAt { get; init; }

    /// <summary>The till; 0 when there was none.</summary>
    [Id(15)]
    public DeviceId Device { get; init; }

    /// <summary>A reversal's sale, the transfer that came back, the order that ended, or that a terminal served although it had; 0 otherwise.</summary>
    [Id(16)]
    public long ReversedSeq { get; init; }

    /// <summary>A sale's lines, and those that a reversal takes back; empty otherwise.</summary>
    [Id(17)]
    public SaleLine[] Lines { get; init; } = [];

    /// <summary>
    /// The latest making time of any operation id up to this entry. Like the balances it travels with every entry, so that
    /// a woken account knows at once which ids it can never have seen (<see cref="RememberedOperations{TAnswer}"/>).
    /// </summary>
    [Id(18)]
    public Instant MadeUntil { get; init; }

    /// <summary>What of <see cref="SpentAfter"/> was spent in the buffet.</summary>
    [Id(19)]
    public Money BuffetSpentAfter { get; init; }

    /// <summary>How low policy let this sale take the purse (M4); zero when it needed no credit.</summary>
    [Id(20)]
    public Money CreditFloor { get; init; }

    /// <summary>Who had this sale made although the family's stop list forbids it (M3); null usually.</summary>
    [Id(21)]
    public StopOverride? Override { get; init; }

    /// <summary>Which lines of its sale a reversal takes back (M8); none: all of them.</summary>
    [Id(22)]
    public LineSet ReversedLines { get; init; }

    /// <summary>What is spent on rides on <see cref="SpentOn"/>, this entry included (M10).</summary>
    [Id(23)]
    public Money RidesSpentAfter { get; init; }

    /// <summary>Who pays instead of a purse: a budget (M5), for a fee a bank (M13), for an ordered meal what was paid ahead (M6); or gets the money back. None usually.</summary>
    [Id(24)]
    public ContraAccount Payer { get; init; }

    /// <summary>The meal that was had at public cost, or that may be had again since this reversal has taken the whole of it back (M5); of an order, the meal that it is for (M6). Null usually.</summary>
    [Id(25)]
    public MealKind? Meal { get; init; }

    /// <summary>The account's latest day of a meal at public cost.</summary>
    [Id(26)]
    public LocalDate RedeemedOn { get; init; } = LocalDate.MinIsoValue;

    /// <summary>The meals that were had at public cost on <see cref="RedeemedOn"/>, this entry included.</summary>
    [Id(27)]
    public MealSet RedeemedAfter { get; init; }

    /// <summary>The employee who settled it from a class list (M7); null: it was by the child's card, or nothing of the kind.</summary>
    [Id(28)]
    public AccountNumber? SettledBy { get; init; }

    /// <summary>
    /// The other end of a transfer (M11): of one that left, where it goes; of one that arrived, was declined or came back, the entry at the other account, or of the
    /// other purse. Null for all others.
    /// </summary>
    [Id(29)]
    public EntryKey? Counterpart { get; init; }

    /// <summary>What a fact would have been refused for, had it been asked (O3); null for what was decided here.</summary>
    [Id(30)]
    public FactMarks? Marks { get; init; }

    /// <summary>How much of a sale was on credit: what the purse owes more than before (M4).</summary>
    public Money OnCredit => Kind == EntryKind.Sale && Purse == Purse.Meal && Money.Max(Amount, MealAfter) is { Kopecks: < 0 } owed ? -owed : Money.Zero;
}
