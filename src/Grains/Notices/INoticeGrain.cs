using Orleans.Concurrency;
using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>
/// Tells what happened to the accounts of one partition: listens to the partition's stream, decides who is told what, sends, and moves
/// the partition's place on together with the log's rows. What the stream has lost it reads from the feed.
/// </summary>
[Alias("zvonok.INoticeGrain")]
public interface INoticeGrain : IGrainWithIntegerKey
{
    /// <summary>The publisher says how far what it has sent must have come: a batch without facts. It wakes the partition, and shows what the stream has lost.</summary>
    /// <returns>How far the partition has decided.</returns>
    [AlwaysInterleave, Alias("Follow")]
    Task<FeedPosition> Follow(NoticeBatch batch);

    /// <summary>Notices have become due again: look.</summary>
    [AlwaysInterleave, Alias("LookForDue")]
    Task LookForDue();
}

/// <summary>What a partition's stream carries: all facts of its accounts after one position up to another.</summary>
/// <param name="From">Where the batch before it ended: who has not come so far has missed something.</param>
/// <param name="To">How far it reaches.</param>
/// <param name="Facts">In the feed's order, only those that may be told.</param>
[GenerateSerializer, Immutable, Alias("zvonok.NoticeBatch")]
public sealed record NoticeBatch([property: Id(0)] FeedPosition From, [property: Id(1)] FeedPosition To, [property: Id(2)] Fact[] Facts);

/// <summary>
/// Follows the feed and deals it out to the partitions' streams. One in the cluster; two at once, or one that starts over, do no harm: the
/// partitions ignore what they have.
/// </summary>
[Alias("zvonok.INoticePublisherGrain")]
public interface INoticePublisherGrain : IKeptGrain;
