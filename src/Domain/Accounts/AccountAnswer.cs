namespace Zvonok.Domain.Accounts;

/// <summary>What a command decided: an entry to record, or why not.</summary>
/// <param name="Entry">To be recorded; null when refused.</param>
/// <param name="Refusal">Why not; <see cref="AccountRefusal.None"/> when granted.</param>
/// <param name="Lines">The lines of the sale that stand in the way; none when it is not about lines.</param>
public readonly record struct AccountDecision(Entry? Entry, AccountRefusal Refusal, LineSet Lines)
{
    /// <summary>The entry is to be recorded.</summary>
    public static AccountDecision Grant(Entry entry) => new(entry, AccountRefusal.None, LineSet.None);

    /// <summary>Nothing changes.</summary>
    public static AccountDecision Refuse(AccountRefusal refusal, LineSet lines = default) => new(null, refusal, lines);
}

/// <summary>The answer to a command: the same again for the same operation.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.AccountAnswer")]
public readonly record struct AccountAnswer
{
    /// <summary>Why not; <see cref="AccountRefusal.None"/> when granted.</summary>
    [Id(0)]
    public required AccountRefusal Refusal { get; init; }

    /// <summary>Whose account; the default for an unknown card.</summary>
    [Id(1)]
    public AccountNumber Account { get; init; }

    /// <summary>The entry's number; 0 when refused, unless money was declined.</summary>
    [Id(2)]
    public long Seq { get; init; }

    /// <summary>The meal purse after the entry; not told with a refusal.</summary>
    [Id(3)]
    public Money Meal { get; init; }

    /// <summary>The transport purse after the entry; not told with a refusal.</summary>
    [Id(4)]
    public Money Transport { get; init; }

    /// <summary>The event's time as recorded.</summary>
    [Id(5)]
    public Instant EventAt { get; init; }

    /// <summary>With a refusal: the lines of the sale that stand in the way; none when it is not about lines.</summary>
    [Id(6)]
    public LineSet Lines { get; init; }

    /// <summary>The answer that an entry stands for: granted, but for money that was declined.</summary>
    public static AccountAnswer Of(Entry entry) => new()
    {
        Refusal = entry.Kind == EntryKind.TransferDeclined ? AccountRefusal.TransferDeclined : AccountRefusal.None,
        Account = entry.Account,
        Seq = entry.Seq,
        Meal = entry.MealAfter,
        Transport = entry.TransportAfter,
        EventAt = entry.EventAt,
    };

    /// <summary>Nothing changed.</summary>
    public static AccountAnswer Refused(AccountRefusal refusal, AccountNumber account = default, LineSet lines = default) =>
        new() { Refusal = refusal, Account = account, Lines = lines };
}
