namespace Zvonok.Domain.Accounts;

/// <summary>Some lines of a sale, by their index from 0: those that a refusal names.</summary>
/// <param name="Bits">One bit a line; a sale has fewer than 64 (<see cref="Limits.SaleLinesMax"/>).</param>
[GenerateSerializer, Immutable, Alias("zvonok.LineSet")]
public readonly record struct LineSet([property: Id(0)] ulong Bits)
{
    /// <summary>No line.</summary>
    public static readonly LineSet None;

    /// <summary>Every line, however many there are.</summary>
    public static readonly LineSet All = new(ulong.MaxValue);

    /// <summary>True when it holds no line.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>All lines of a sale that has so many.</summary>
    public static LineSet First(int count) => new((1UL << count) - 1);

    /// <summary>The lines of those indexes.</summary>
    public static LineSet Of(params IEnumerable<int> indexes) => new(indexes.Aggregate(0UL, (bits, index) => bits | 1UL << index));

    /// <summary>The lines for which something holds.</summary>
    public static LineSet Where(SaleLine[] lines, Func<SaleLine, bool> holds)
    {
        var bits = 0UL;
        for (var i = 0; i < lines.Length; i++)
            if (holds(lines[i])) bits |= 1UL << i;
        return new LineSet(bits);
    }

    /// <summary>The lines that are in both.</summary>
    public static LineSet operator &(LineSet a, LineSet b) => new(a.Bits & b.Bits);

    /// <summary>The lines that are in one of them or in both.</summary>
    public static LineSet operator |(LineSet a, LineSet b) => new(a.Bits | b.Bits);

    /// <summary>True when all lines of the other set are in this one.</summary>
    public bool Contains(LineSet other) => (Bits & other.Bits) == other.Bits;

    /// <summary>Those of them that are not in the other set.</summary>
    public LineSet Except(LineSet other) => new(Bits & ~other.Bits);

    /// <summary>Those lines of a sale; all of its own when nothing is left out.</summary>
    public SaleLine[] Pick(SaleLine[] lines) => this == First(lines.Length) ? lines : [.. Indexes().Select(i => lines[i])];

    /// <summary>The indexes, ascending.</summary>
    public IEnumerable<int> Indexes()
    {
        for (var rest = Bits; rest != 0; rest &= rest - 1) yield return System.Numerics.BitOperations.TrailingZeroCount(rest);
    }
}
