namespace Zvonok.Grains.Notices;

/// <summary>
/// Accounts are dealt out to a fixed number of partitions, each with a stream, a grain and a place in the feed of its own. The places
/// are stored by partition, so number and hash never change.
/// </summary>
public static class NoticePartitions
{
    /// <summary>How many there are.</summary>
    public const int Count = 64;

    /// <summary>All of them.</summary>
    public static IEnumerable<int> All => Enumerable.Range(0, Count);

    /// <summary>The partition of an account. Serial numbers follow one another, so their lowest digits spread evenly: a Fibonacci hash of the whole number.</summary>
    public static int Of(AccountNumber account) => (int)((ulong)account.Value * 0x9E37_79B9_7F4A_7C15UL >> 58);
}
