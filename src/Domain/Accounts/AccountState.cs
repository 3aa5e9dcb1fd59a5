namespace Zvonok.Domain.Accounts;

/// <summary>Everything that decides an account's next operation.</summary>
public readonly record struct AccountState
{
    /// <summary>An account without entries.</summary>
    public AccountState()
    {
    }

    /// <summary>The slow part.</summary>
    public required AccountProfile Profile { get; init; }

    /// <summary>The newest entry's number; 0 before the first.</summary>
    public long Seq { get; init; }

    /// <summary>The meal purse.</summary>
    public Money Meal { get; init; }

    /// <summary>The transport purse.</summary>
    public Money Transport { get; init; }

    /// <summary>The latest calendar day on which something was spent.</summary>
    public LocalDate SpentOn { get; init; } = LocalDate.MinIsoValue;

    /// <summary>What was spent on that day.</summary>
    public DaySpending Spent { get; init; }

    /// <summary>The latest calendar day on which a meal was had at public cost.</summary>
    public LocalDate RedeemedOn { get; init; } = LocalDate.MinIsoValue;

    /// <summary>The meals that were had at public cost on that day.</summary>
    public MealSet Redeemed { get; init; }

    /// <summary>The meals that are ordered and not had yet (M6), in no particular order.</summary>
    public OpenOrder[] Orders { get; init; } = [];

    /// <summary>When the newest entry was recorded.</summary>
    public Instant RecordedAt { get; init; } = Instant.MinValue;

    /// <summary>The latest making time of any operation id among the entries.</summary>
    public Instant MadeUntil { get; init; } = Instant.MinValue;

    /// <summary>The account as it was after <paramref name="newest"/>; null for an account without entries.</summary>
    public static AccountState From(AccountProfile profile, Entry? newest)
    {
        var state = new AccountState { Profile = profile };
        return newest is null ? state : AccountRules.Evolve(state, newest);
    }

    /// <summary>What the purse holds.</summary>
    public Money Balance(Purse purse) => purse == Purse.Meal ? Meal : Transport;
}
