using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Feed;

/// <summary>
/// Every committed fact, in an order in which nothing is skipped however late a transaction commits (N1). What somebody did knowing
/// of a fact comes after it, and the facts of one account, building or card come by their numbers. Readable from any silo by
/// any number of readers; they hold no state here.
/// </summary>
public interface IFeed
{
    /// <summary>The facts after a position, in order: whole transactions, at least one when there is one.</summary>
    /// <param name="after">Where to read on: <see cref="FeedPosition.Start"/>, or what an earlier page or fact gave.</param>
    /// <param name="factsMax">About how many facts; a transaction is never cut, so a page may be longer by one of them.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="FeedPositionAheadException">The position was never given out by this database.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer; read again from the same position.</exception>
    Task<FeedPage> Read(FeedPosition after, int factsMax, CancellationToken stop);

    /// <summary>
    /// Returns when there may be facts after a position that was read to the end, at the latest after <paramref name="longest"/>;
    /// too early sometimes, so read and see. Never throws but when cancelled: an outage shows at the next read.
    /// </summary>
    Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop);

    /// <summary>The position after everything that can be read now: for readers that care for the future only.</summary>
    /// <exception cref="JournalUnavailableException">The database does not answer.</exception>
    Task<FeedPosition> FindEnd(CancellationToken stop);
}

/// <summary>Some facts, and where to read on.</summary>
/// <param name="Facts">In order; empty when there are none yet.</param>
/// <param name="Next">After the last of them; where the reader was when there are none.</param>
/// <param name="IsLast">True when nothing follows yet: time to wait.</param>
public sealed record FeedPage(IReadOnlyList<Fact> Facts, FeedPosition Next, bool IsLast);

/// <summary>
/// A position that this database never gave out: a mistake of the reader, or the database was restored from an older backup and the
/// reader knows facts that are no more. The message says what to do.
/// </summary>
[GenerateSerializer, Alias("zvonok.FeedPositionAhead")]
public sealed class FeedPositionAheadException(string message) : Exception(message);
