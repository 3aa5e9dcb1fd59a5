namespace Zvonok.Domain.Accounts;

/// <summary>What a fact that a terminal uploads would have been refused for, had it been asked (O3): it is written down all the same, and the school reads of it (O4). Stored: never renumbered.</summary>
[Flags]
public enum FactMarks : short
{
    /// <summary>It would have been granted.</summary>
    None = 0,

    /// <summary>The purse does not hold so much, nor does policy give so much credit (M4).</summary>
    Overdrawn = 1,

    /// <summary>A limit of the day is exceeded (M2, M10).</summary>
    OverLimit = 2,

    /// <summary>The family's stop list forbids it, or asks to be confirmed and was not (M3).</summary>
    Stopped = 4,

    /// <summary>The card may not be used by now (C2).</summary>
    CardRefused = 8,

    /// <summary>The account is closed by now (M12).</summary>
    AccountClosed = 16,

    /// <summary>The meal was had already, at public cost (M5) or as it was ordered (M6).</summary>
    SecondMeal = 32,

    /// <summary>Nobody pays that meal for this child on that day (M5).</summary>
    NotEntitled = 64,

    /// <summary>The meal was not ordered, or not any more (M6).</summary>
    NotOrdered = 128,
}
