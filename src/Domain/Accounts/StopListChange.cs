using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>The family sets or lifts its stop list (M3).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.StopListChange")]
public sealed record StopListChange : ProfileChange
{
    /// <summary>The whole new list; null lifts it.</summary>
    [Id(0)]
    public required StopList? StopList { get; init; }

    /// <inheritdoc/>
    public override Fingerprint Fingerprint
    {
        get
        {
            var products = StopList?.Products ?? [];
            var size = 32;
            foreach (var stop in products) size += 24 + stop.ProductCode.Length * sizeof(char);
            var builder = new FingerprintBuilder(new byte[size]);
            builder.Add((long)Kind);
            builder.Add((long)(StopList?.Allergens ?? Allergens.None));
            builder.Add((long)(StopList?.HotMeal ?? default));
            builder.Add((long)(StopList?.Buffet ?? default));
            foreach (var stop in products)
            {
                builder.Add(stop.Seller.Code);
                builder.Add(stop.ProductCode);
                builder.Add((long)stop.Strength);
            }

            return builder.Build();
        }
    }

    /// <inheritdoc/>
    public override EntryKind Kind => EntryKind.StopListChange;

    /// <inheritdoc/>
    public override AccountProfile ApplyTo(AccountProfile profile) => profile with { StopList = StopList is { IsEmpty: false } ? StopList : null };
}
