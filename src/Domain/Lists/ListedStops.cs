using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Lists;

/// <summary>What a family stops (M3), as its tills have to know it.</summary>
/// <param name="Allergens">Always hard.</param>
/// <param name="HotMeal">How hot meals are stopped; null: they are not.</param>
/// <param name="Buffet">How the buffet is stopped; null: it is not.</param>
/// <param name="HardProducts">Products that are not sold, by <see cref="ListKey.MarkOf"/>, ascending.</param>
/// <param name="SoftProducts">Products that the cashier has to confirm, likewise.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListedStops")]
public sealed record ListedStops(
    [property: Id(0)] Allergens Allergens, [property: Id(1)] StopStrength? HotMeal, [property: Id(2)] StopStrength? Buffet, [property: Id(3)] uint[] HardProducts, [property: Id(4)] uint[] SoftProducts)
{
    /// <summary>The stops of an account; null for none.</summary>
    public static ListedStops? Of(StopList? stops, ListKey key) => stops is null ? null : new(
        stops.Allergens, stops.HotMeal, stops.Buffet, Marks(stops, StopStrength.Hard, key), Marks(stops, StopStrength.Soft, key));

    /// <summary>How a line is stopped, the hardest of all that apply; null: it is not. The same as the core's own answer (<see cref="StopList.Stopped"/>).</summary>
    public StopStrength? StopOf(SaleLine line, ContraAccount seller, ListKey key)
    {
        if ((line.Allergens & Allergens) != Allergens.None) return StopStrength.Hard;
        var category = line.Category == ProductCategory.Buffet ? Buffet : HotMeal;
        if (category == StopStrength.Hard || HardProducts.Length + SoftProducts.Length == 0) return category;
        var mark = key.MarkOf(seller, line.ProductCode);
        if (Array.BinarySearch(HardProducts, mark) >= 0) return StopStrength.Hard;
        return Array.BinarySearch(SoftProducts, mark) >= 0 ? StopStrength.Soft : category;
    }

    /// <inheritdoc/>
    public bool Equals(ListedStops? other) => other is not null && (Allergens, HotMeal, Buffet) == (other.Allergens, other.HotMeal, other.Buffet)
        && HardProducts.AsSpan().SequenceEqual(other.HardProducts) && SoftProducts.AsSpan().SequenceEqual(other.SoftProducts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Allergens, HotMeal, Buffet, HardProducts.Length, SoftProducts.Length);

    internal void Write(DigestWriter digest)
    {
        digest.Add((long)Allergens);
        digest.Add((long)(HotMeal ?? 0));
        digest.Add((long)(Buffet ?? 0));
        digest.Add(HardProducts);
        digest.Add(SoftProducts);
    }

    private static uint[] Marks(StopList stops, StopStrength strength, ListKey key) =>
        [.. stops.Products.Where(stop => stop.Strength == strength).Select(stop => key.MarkOf(stop.Seller, stop.ProductCode)).Distinct().Order()];
}
