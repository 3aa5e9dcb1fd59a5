using System.Buffers.Binary;
using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Lists;

/// <summary>Something that people have ordered and paid ahead (M6), as it is handed out. Many have ordered the same: it is on the list once, and holders name it.</summary>
/// <param name="Day">For which calendar day.</param>
/// <param name="Meal">For which meal.</param>
/// <param name="Seller">The operator who serves it.</param>
/// <param name="Products">What it is: 1 to <see cref="Limits.OrderLinesMax"/>.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListedMeal")]
public sealed record ListedMeal([property: Id(0)] LocalDate Day, [property: Id(1)] MealKind Meal, [property: Id(2)] ContraAccount Seller, [property: Id(3)] ListedProduct[] Products) : IListed<uint>
{
    /// <summary>Its name: 32 bits of a digest, the same wherever and whenever it is listed.</summary>
    public uint Mark
    {
        get
        {
            var digest = new DigestWriter();
            Write(digest);
            return BinaryPrimitives.ReadUInt32BigEndian(digest.ToHash());
        }
    }

    uint IListed<uint>.Key => Mark;

    /// <summary>What an order is on a list.</summary>
    public static ListedMeal Of(MealOrder order) => new(order.Day, order.Meal, order.Seller, [.. order.Lines.Select(line => new ListedProduct(line.ProductCode, line.Quantity))]);

    /// <inheritdoc/>
    public bool Equals(ListedMeal? other) => other is not null && (Day, Meal, Seller) == (other.Day, other.Meal, other.Seller) && Products.AsSpan().SequenceEqual(other.Products);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Day, Meal, Seller);

    internal void Write(DigestWriter digest)
    {
        digest.Add(Day);
        digest.Add((long)Meal);
        digest.Add(Seller.Id);
        digest.Add(Products.Length);
        foreach (var product in Products)
        {
            digest.Add(product.Code);
            digest.Add(product.Quantity);
        }
    }
}

/// <summary>A product of an ordered meal.</summary>
/// <param name="Code">The operator's own code.</param>
/// <param name="Quantity">Pieces.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListedProduct")]
public readonly record struct ListedProduct([property: Id(0)] string Code, [property: Id(1)] int Quantity);
