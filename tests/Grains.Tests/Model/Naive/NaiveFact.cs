namespace Zvonok.Grains.Tests.Model.Naive;

/// <summary>Something that has happened to an account, as its ledger ought to tell it.</summary>
internal sealed record NaiveFact
{
    public required EntryKind Kind { get; init; }

    public required OperationId Operation { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long At { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public required long RecordedAt { get; init; }

    /// <summary>Days since 1970.</summary>
    public required int Day { get; init; }

    public int Seq { get; init; }

    public Purse Purse { get; init; } = Purse.Meal;

    /// <summary>Kopecks into the purse, or into what pays instead.</summary>
    public long Amount { get; init; }

    public ContraAccount Contra { get; init; }

    public ContraAccount Payer { get; init; }

    public long MealAfter { get; init; }

    public long TransportAfter { get; init; }

    public DeviceId Device { get; init; }

    public SaleLine[] Lines { get; init; } = [];

    /// <summary>The fact that this one takes back or ends.</summary>
    public int Ends { get; init; }

    /// <summary>The indexes of the lines that it takes back.</summary>
    public int[] Back { get; init; } = [];

    /// <summary>Whether those are all that there are.</summary>
    public bool IsWhole { get; init; }

    public MealKind? Meal { get; init; }

    public MealOrder? Order { get; init; }

    public long Floor { get; init; }

    public AccountNumber? OverriddenBy { get; init; }

    public int[] Overridden { get; init; } = [];

    public AccountNumber? SettledBy { get; init; }

    public EntryKey? Counterpart { get; init; }

    /// <summary>The answer of which it is the last fact.</summary>
    public AccountAnswer ToAnswer(AccountNumber account) => new()
    {
        Refusal = Kind == EntryKind.TransferDeclined ? AccountRefusal.TransferDeclined : AccountRefusal.None,
        Account = account,
        Seq = Seq,
        Meal = new Money(MealAfter),
        Transport = new Money(TransportAfter),
        EventAt = Instant.FromUnixTimeMilliseconds(At),
    };

    /// <summary>The row that ought to be in the ledger, in one line.</summary>
    public string ToRow() => Row(
        Seq, Kind, NameOf(Operation), Purse, Amount, Contra, Payer, MealAfter, TransportAfter, NaiveZone.DateOf(Day), At, RecordedAt, Device, Ends, IsWhole ? 0 : Bits(Back), Lines, Meal, Floor, OverriddenBy, Bits(Overridden),
        SettledBy, Counterpart);

    /// <summary>The row that is there, in one line.</summary>
    public static string RowOf(Entry entry) => Row(
        entry.Seq, entry.Kind, NameOf(entry.Operation), entry.Purse, entry.Amount.Kopecks, entry.Contra, entry.Payer, entry.MealAfter.Kopecks, entry.TransportAfter.Kopecks, entry.LimitDay,
        entry.EventAt.ToUnixTimeMilliseconds(), entry.RecordedAt.ToUnixTimeMilliseconds(), entry.Device, entry.ReversedSeq, entry.ReversedLines.Bits, entry.Lines, entry.Meal, entry.CreditFloor.Kopecks,
        entry.Override?.By, entry.Override?.Lines.Bits ?? 0, entry.SettledBy, entry.Counterpart);

    /// <summary>Indexes as the bits of a set.</summary>
    public static ulong Bits(int[] indexes)
    {
        var bits = 0UL;
        foreach (var index in indexes) bits += 1UL << index;
        return bits;
    }

    // What one operation brings about elsewhere has an id that no client makes: a UUIDv8.
    private static string NameOf(OperationId operation) => operation == default || (operation.High >> 12 & 0xF) == 8 ? "derived" : $"{operation}";

    private static string Row(params object?[] cells) => string.Join(" | ", cells.Select(cell => cell is SaleLine[] lines ? string.Join(", ", lines) : $"{cell}"));
}
