namespace Zvonok.Domain.Accounts;

/// <summary>What kind of product it is. Stored: never renumbered.</summary>
public enum ProductCategory : byte
{
    /// <summary>A hot meal: may be had on credit (M4).</summary>
    HotMeal = 1,

    /// <summary>The buffet: never on credit.</summary>
    Buffet = 2,
}

/// <summary>The fourteen allergens of Regulation (EU) 1169/2011, annex II. Stored: never renumbered.</summary>
[Flags]
public enum Allergens
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Cereals containing gluten.</summary>
    Gluten = 1 << 0,

    /// <summary>Crustaceans.</summary>
    Crustaceans = 1 << 1,

    /// <summary>Eggs.</summary>
    Eggs = 1 << 2,

    /// <summary>Fish.</summary>
    Fish = 1 << 3,

    /// <summary>Peanuts.</summary>
    Peanuts = 1 << 4,

    /// <summary>Soybeans.</summary>
    Soybeans = 1 << 5,

    /// <summary>Milk.</summary>
    Milk = 1 << 6,

    /// <summary>Nuts.</summary>
    Nuts = 1 << 7,

    /// <summary>Celery.</summary>
    Celery = 1 << 8,

    /// <summary>Mustard.</summary>
    Mustard = 1 << 9,

    /// <summary>Sesame seeds.</summary>
    Sesame = 1 << 10,

    /// <summary>Sulphur dioxide and sulphites.</summary>
    Sulphites = 1 << 11,

    /// <summary>Lupin.</summary>
    Lupin = 1 << 12,

    /// <summary>Molluscs.</summary>
    Molluscs = 1 << 13,
}

/// <summary>One product of a sale (M1). The doors have checked it against <see cref="Limits"/>.</summary>
/// <param name="ProductCode">The operator's own code.</param>
/// <param name="Category">Hot meal or buffet.</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="UnitPrice">The price of a piece.</param>
/// <param name="Allergens">What it contains.</param>
[GenerateSerializer, Immutable, Alias("zvonok.SaleLine")]
public readonly record struct SaleLine(
    [property: Id(0)] string ProductCode,
    [property: Id(1)] ProductCategory Category,
    [property: Id(2)] int Quantity,
    [property: Id(3)] Money UnitPrice,
    [property: Id(4)] Allergens Allergens)
{
    /// <summary>Quantity times price.</summary>
    public Money Total => UnitPrice * Quantity;

    /// <summary>How many bytes <see cref="AddTo"/> adds.</summary>
    internal int FingerprintSize => 40 + ProductCode.Length * sizeof(char);

    /// <summary>Adds it to a fingerprint: a stored format, which never changes.</summary>
    internal void AddTo(ref Operations.FingerprintBuilder builder)
    {
        builder.Add(ProductCode);
        builder.Add((long)Category);
        builder.Add(Quantity);
        builder.Add(UnitPrice.Kopecks);
        builder.Add((long)Allergens);
    }
}
