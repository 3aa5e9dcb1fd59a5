namespace Zvonok.Domain;

/// <summary>An amount of money in kopecks. Arithmetic is checked: an overflow throws, it never wraps.</summary>
/// <param name="Kopecks">Hundredths of a rouble; negative when it leaves a purse.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Money")]
public readonly record struct Money([property: Id(0)] long Kopecks) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static readonly Money Zero;

    /// <summary>The larger of two.</summary>
    public static Money Max(Money a, Money b) => a > b ? a : b;

    /// <summary>The sum; throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static Money operator +(Money a, Money b) => new(checked(a.Kopecks + b.Kopecks));

    /// <summary>The difference; throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static Money operator -(Money a, Money b) => new(checked(a.Kopecks - b.Kopecks));

    /// <summary>The same amount the other way.</summary>
    public static Money operator -(Money a) => new(checked(-a.Kopecks));

    /// <summary>So many of it; throws <see cref="OverflowException"/> beyond 64 bits.</summary>
    public static Money operator *(Money a, int times) => new(checked(a.Kopecks * times));

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Money a, Money b) => a.Kopecks > b.Kopecks;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Money a, Money b) => a.Kopecks < b.Kopecks;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Money a, Money b) => a.Kopecks >= b.Kopecks;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Money a, Money b) => a.Kopecks <= b.Kopecks;

    /// <summary>Orders by amount.</summary>
    public int CompareTo(Money other) => Kopecks.CompareTo(other.Kopecks);

    /// <summary>Roubles and kopecks, as in <c>-12.05</c>.</summary>
    public override string ToString()
    {
        var whole = Math.Abs((decimal)Kopecks) / 100m;
        return (Kopecks < 0 ? "-" : "") + whole.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
    }
}
