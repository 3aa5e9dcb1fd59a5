namespace Zvonok.Domain.Notices;

/// <summary>What a notice tells of (A5). Stored and sent: never renumbered.</summary>
public enum NoticeKind : short
{
    /// <summary>The child came in.</summary>
    Came = 1,

    /// <summary>The child left.</summary>
    Left = 2,

    /// <summary>Something was bought, with its lines.</summary>
    Bought = 3,

    /// <summary>Money arrived.</summary>
    ToppedUp = 4,

    /// <summary>The meal purse fell below the family's own threshold.</summary>
    LowBalance = 5,

    /// <summary>A hot meal was had on credit (M4).</summary>
    CreditUsed = 6,

    /// <summary>Something was sold although the family's stop list forbids it, and why (M3).</summary>
    StopOverridden = 7,

    /// <summary>An adult brought the child, and who (P8): in place of <see cref="Came"/>.</summary>
    Brought = 8,

    /// <summary>An adult collected the child, and who (P8): in place of <see cref="Left"/>.</summary>
    Collected = 9,

    /// <summary>An adult who came to bring or collect the child was refused, and why (P8).</summary>
    HandOverRefused = 10,
}

/// <summary>Some kinds of notices.</summary>
/// <param name="Bits">Bit n for the kind numbered n. Stored.</param>
public readonly record struct NoticeKindSet(int Bits)
{
    /// <summary>Every kind there is.</summary>
    public static readonly NoticeKindSet All = Of(Enum.GetValues<NoticeKind>());

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>The set of those kinds.</summary>
    public static NoticeKindSet Of(params IEnumerable<NoticeKind> kinds) => new(kinds.Aggregate(0, (bits, kind) => bits | 1 << (int)kind));

    /// <summary>True when the kind is in the set.</summary>
    public bool Contains(NoticeKind kind) => (Bits & 1 << (int)kind) != 0;

    /// <summary>The kinds, by their numbers.</summary>
    public IEnumerable<NoticeKind> Kinds
    {
        get
        {
            var bits = Bits;
            return Enum.GetValues<NoticeKind>().Where(kind => (bits & 1 << (int)kind) != 0);
        }
    }
}
