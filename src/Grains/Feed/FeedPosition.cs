namespace Zvonok.Grains.Feed;

/// <summary>
/// A place in the feed, always between two transactions: everything up to it has been read, nothing after it has. It stays valid
/// for ever and means the same to every silo. It comes from the feed and is never calculated with.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.FeedPosition")]
public readonly record struct FeedPosition([property: Id(0)] long Value) : IComparable<FeedPosition>
{
    /// <summary>Before everything.</summary>
    public static readonly FeedPosition Start = new(0);

    /// <inheritdoc/>
    public int CompareTo(FeedPosition other) => Value.CompareTo(other.Value);

    /// <summary>True when less has been read.</summary>
    public static bool operator <(FeedPosition left, FeedPosition right) => left.Value < right.Value;

    /// <summary>True when more has been read.</summary>
    public static bool operator >(FeedPosition left, FeedPosition right) => left.Value > right.Value;

    /// <summary>True when as much or less has been read.</summary>
    public static bool operator <=(FeedPosition left, FeedPosition right) => left.Value <= right.Value;

    /// <summary>True when as much or more has been read.</summary>
    public static bool operator >=(FeedPosition left, FeedPosition right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
