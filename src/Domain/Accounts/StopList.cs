namespace Zvonok.Domain.Accounts;

/// <summary>How a stop holds (M3), the harder first. Stored: never renumbered.</summary>
public enum StopStrength : byte
{
    /// <summary>It is not sold.</summary>
    Hard = 1,

    /// <summary>It is sold when the cashier confirms it.</summary>
    Soft = 2,
}

/// <summary>One product that a family stops.</summary>
/// <param name="Seller">The operator whose product it is: two operators may use one code for different things.</param>
/// <param name="ProductCode">The operator's own code.</param>
/// <param name="Strength">How it holds.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ProductStop")]
public readonly record struct ProductStop(
    [property: Id(0)] ContraAccount Seller,
    [property: Id(1)] string ProductCode,
    [property: Id(2)] StopStrength Strength);

/// <summary>What a family does not want to be sold to its child (M3): allergens, whole categories, single products.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.StopList")]
public sealed class StopList : IEquatable<StopList>
{
    /// <summary>At most <see cref="Limits.StoppedProductsMax"/> products, none of them twice; their order means nothing.</summary>
    public StopList(Allergens allergens = Allergens.None, StopStrength? hotMeal = null, StopStrength? buffet = null, params ProductStop[] products)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(products.Length, Limits.StoppedProductsMax);
        (Allergens, HotMeal, Buffet) = (allergens, hotMeal, buffet);
        Products = [.. products.OrderBy(stop => stop.Seller.Code).ThenBy(stop => stop.ProductCode, StringComparer.Ordinal)];
    }

    /// <summary>Nothing that contains one of them is sold: they are always hard.</summary>
    [Id(0)]
    public Allergens Allergens { get; }

    /// <summary>How hot meals are stopped; null: they are not.</summary>
    [Id(1)]
    public StopStrength? HotMeal { get; }

    /// <summary>How the buffet is stopped; null: it is not.</summary>
    [Id(2)]
    public StopStrength? Buffet { get; }

    /// <summary>Single products, by their sellers and codes.</summary>
    [Id(3)]
    public ProductStop[] Products { get; }

    /// <summary>True when it stops nothing.</summary>
    public bool IsEmpty => Allergens == Allergens.None && HotMeal is null && Buffet is null && Products.Length == 0;

    /// <summary>Those of a seller's lines that are stopped; no line is in both sets.</summary>
    public (LineSet Hard, LineSet Soft) Stopped(SaleLine[] lines, ContraAccount seller) => (
        LineSet.Where(lines, line => StopOf(line, seller) == StopStrength.Hard),
        LineSet.Where(lines, line => StopOf(line, seller) == StopStrength.Soft));

    /// <inheritdoc/>
    public bool Equals(StopList? other) =>
        other is not null && (Allergens, HotMeal, Buffet) == (other.Allergens, other.HotMeal, other.Buffet) && Products.AsSpan().SequenceEqual(other.Products);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StopList);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Allergens, HotMeal, Buffet, Products.Length);

    // The hardest of all that apply.
    private StopStrength? StopOf(SaleLine line, ContraAccount seller)
    {
        if ((line.Allergens & Allergens) != Allergens.None) return StopStrength.Hard;
        var strength = line.Category == ProductCategory.Buffet ? Buffet : HotMeal;
        foreach (var stop in Products)
            if (stop.Seller == seller && stop.ProductCode == line.ProductCode) strength = Harder(strength, stop.Strength);
        return strength;
    }

    private static StopStrength Harder(StopStrength? one, StopStrength other) => one is { } known && known < other ? known : other;
}
