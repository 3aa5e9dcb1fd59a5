using Zvonok.Grains.Feed;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Notices;

/// <summary>
/// Which notices were told, are due, or dead, and how far each partition has come. Every method throws
/// <see cref="JournalUnavailableException"/> when the database does not answer; what was to be written may have been then.
/// </summary>
public interface INoticeLog
{
    /// <summary>The places of all partitions, by number. Those that never began begin at <paramref name="end"/>: nobody is told of the time before there were notices.</summary>
    Task<IReadOnlyList<NoticePlace>> Begin(FeedPosition end);

    /// <summary>The place of a partition that has begun.</summary>
    Task<NoticePlace> ReadPlace(int partition);

    /// <summary>Takes a step; false when the partition stands elsewhere or its subscriptions have changed: then nothing was written.</summary>
    Task<bool> Advance(NoticeStep step);

    /// <summary>Writes down what has become of notices that were due; those that are due no more stay as they are.</summary>
    Task Settle(IReadOnlyList<NoticeRow> rows);

    /// <summary>Notices of a partition that are due by <paramref name="now"/>, the longest due first.</summary>
    Task<IReadOnlyList<NoticeRow>> ReadDue(int partition, Instant now, int count);

    /// <summary>When the next notice of a partition is due; null when none is.</summary>
    Task<Instant?> FindNextDue(int partition);

    /// <summary>Dead notices, the longest dead first, after one of them.</summary>
    /// <param name="after">The last of the page before; null for the first page.</param>
    /// <param name="count">At most so many.</param>
    Task<IReadOnlyList<NoticeRow>> ListDead(DeadNotice? after, int count);

    /// <summary>Makes dead notices due again with no tries so far, at most <paramref name="count"/>.</summary>
    /// <param name="keys">Which; null: the longest dead.</param>
    /// <param name="now">From when they are due.</param>
    /// <param name="count">At most so many.</param>
    /// <returns>The partitions that have something to do, one for each notice.</returns>
    Task<IReadOnlyList<int>> SendAgain(IReadOnlyList<NoticeKey>? keys, Instant now, int count);
}

/// <summary>A place in the list of dead notices.</summary>
/// <param name="At">When it died.</param>
/// <param name="Key">Which.</param>
public sealed record DeadNotice(Instant At, NoticeKey Key);
