using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>The publisher's two ways to a partition.</summary>
internal interface INoticePartitionLinks
{
    /// <summary>By its stream: it may be lost on the way.</summary>
    Task Stream(int partition, NoticeBatch batch);

    /// <summary>By a call: it wakes the partition and says how far that has decided.</summary>
    Task<FeedPosition> Follow(int partition, NoticeBatch batch);
}

/// <summary>
/// Reads the feed and deals it out. It starts at the place of the partition that is furthest back; whatever it claims to have sent and did
/// not arrive shows as a gap at the partition, so it need not remember anything.
/// </summary>
internal sealed class NoticePublisher(IFeed feed, INoticePartitionLinks links, IReadOnlyList<NoticePlace> places, int perSecondMax, TimeProvider time)
{
    private const int PageMax = 2_000;

    /// <summary>
    /// With more facts under way than this no further page is sent. A partition that is given more than it can take leaves batches out, and then reads all of
    /// the feed for a 64th of it; so what waits, waits in the feed, in one place for all.
    /// </summary>
    private const int UnderWayMax = 4_000;

    /// <summary>From so many facts on a page goes to all partitions, since it has something for nearly each: then each knows how far it is.</summary>
    private const int PageForAll = 4 * NoticePartitions.Count;

    /// <summary>Facts gather so long, so that a batch is worth its message.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(5);

    /// <summary>Whoever does not answer by then is taken for one that has decided nothing.</summary>
    private static readonly TimeSpan FollowMax = TimeSpan.FromSeconds(1);

    // As long as a silo takes to be given up and its partitions to wake up elsewhere, and as all that is under way takes, with two notices of each fact, at a
    // quarter of the pace.
    private readonly TimeSpan _laggardAfter = TimeSpan.FromSeconds(15 + 2 * 4 * (UnderWayMax + PageMax) / (double)perSecondMax);
    private readonly FeedPosition[] _sent = [.. NoticePartitions.All.Select(_ => FurthestBack(places))];
    private readonly NoticeFlow _flow = new(FurthestBack(places), time);

    // Partitions that the others do not wait for.
    private readonly HashSet<int> _laggards = [];
    private FeedPosition _position = FurthestBack(places);
    private long _followed;

    /// <summary>Publishes until it is stopped or something fails.</summary>
    public async Task Run(CancellationToken stop)
    {
        await FollowAll();
        while (true)
        {
            var began = time.GetTimestamp();
            var page = await feed.Read(_position, PageMax, stop);
            await Publish(page);
            if (time.GetElapsedTime(_followed) >= FollowInterval) await FollowAll();
            await KeepTogether(stop);
            if (page.IsLast) await Gather(began, stop);
        }
    }

    private static FeedPosition FurthestBack(IReadOnlyList<NoticePlace> places) => places.Min(place => place.Position);

    private async Task Publish(FeedPage page)
    {
        if (page.Next == _position) return;
        var dealt = page.Facts.Where(NoticePlan.MayTell).ToLookup(fact => NoticePartitions.Of(fact.Account!.Value));
        var to = page.Facts.Count < PageForAll ? dealt.Select(facts => facts.Key) : NoticePartitions.All;
        var sends = new List<Task>();
        foreach (var partition in to)
        {
            sends.Add(links.Stream(partition, new NoticeBatch(_sent[partition], page.Next, [.. dealt[partition]])));
            _sent[partition] = page.Next;
        }

        _position = page.Next;
        _flow.Sent(page.Next, page.Facts.Count);
        // What did not go out is missed, and read from the feed.
        await Task.WhenAll(sends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task Gather(long began, CancellationToken stop)
    {
        await feed.WaitForMore(_position, FollowInterval, stop);
        var left = Gathering - time.GetElapsedTime(began);
        if (left > TimeSpan.Zero) await Task.Delay(left, stop);
    }

    private async Task KeepTogether(CancellationToken stop)
    {
        var since = time.GetTimestamp();
        while (_flow.UnderWay > UnderWayMax)
        {
            var reached = await FollowAll();
            if (time.GetElapsedTime(since) > _laggardAfter) _laggards.UnionWith(NoticePartitions.All.Where(partition => reached[partition] < _position));
            if (_flow.UnderWay > UnderWayMax) await Task.Delay(Gathering, stop);
        }
    }

    // Whoever has caught up is waited for again.
    private async Task<FeedPosition[]> FollowAll()
    {
        _followed = time.GetTimestamp();
        var arrived = _flow.Arrived;
        var reached = await Task.WhenAll(NoticePartitions.All.Select(partition => Follow(partition, arrived)));
        _laggards.RemoveWhere(partition => reached[partition] >= arrived);
        var slowest = NoticePartitions.All.Where(partition => !_laggards.Contains(partition)).Select(partition => reached[partition]).DefaultIfEmpty(arrived).Min();
        _flow.Reached(slowest);
        return reached;
    }

    // It is told of no more than what has come to it: a partition with nothing of its own since then moves on, and one that has lost something reads it.
    private async Task<FeedPosition> Follow(int partition, FeedPosition arrived)
    {
        try
        {
            return await links.Follow(partition, new NoticeBatch(_sent[partition] < arrived ? _sent[partition] : arrived, arrived, [])).WaitAsync(FollowMax);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // Its silo is going; the next round finds it elsewhere.
            return FeedPosition.Start;
        }
    }
}
