using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>The family sets or lifts a daily limit (M2).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.LimitChange")]
public sealed record LimitChange : ProfileChange
{
    /// <summary>The new limit; null lifts it.</summary>
    [Id(0)]
    public required Money? Limit { get; init; }

    /// <summary>The category that it limits; null: all that is spent from the purse.</summary>
    [Id(1)]
    public ProductCategory? Category { get; init; }

    /// <summary>The transport purse's limit is that of rides (M10), and has no category; otherwise it is the meal purse's.</summary>
    [Id(2)]
    public Purse Purse { get; init; } = Purse.Meal;

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[24]);
            builder.Add((long)Kind);
            builder.Add(Limit?.Kopecks ?? -1);
            // Without purse and category as it was before there were any: repeats of old operations are recognised.
            if (Purse == Purse.Transport) builder.Add(-(long)Purse);
            else if (Category is { } category) builder.Add((long)category);
            return builder.Build();
        }
    }

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.LimitChange;

    /// <inheritdoc/>
    public override AccountProfile ApplyTo(AccountProfile profile) => (Purse, Category) switch
    {
        (Purse.Transport, _) => profile with { RideLimit = Limit },
        (_, ProductCategory.HotMeal) => profile with { HotMealLimit = Limit },
        (_, ProductCategory.Buffet) => profile with { BuffetLimit = Limit },
        _ => profile with { DailyLimit = Limit },
    };
}
