namespace Zvonok.Domain.Accounts;

/// <summary>A meal at public cost is had (M5).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Redemption")]
public sealed record Redemption : Purchase
{
    /// <summary>Which meal.</summary>
    [Id(0)]
    public required MealKind Meal { get; init; }

    private protected override long What => (long)EntryKind.Redemption + ((long)Meal << 8);
}
