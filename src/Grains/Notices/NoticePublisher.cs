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
internal sealed class NoticePublisher(IFeed feed, INoticePartitionLinks links)
{
    private const int PageMax = 2_000;

    /// <summary>Facts gather so long, so that a batch is worth its message.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan FollowInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long the others wait for a partition that does not keep up.</summary>
    private static readonly TimeSpan LaggardMax = TimeSpan.FromSeconds(5);

    private readonly FeedPosition[] _sent = new FeedPosition[NoticePartitions.Count];
    private readonly HashSet<int> _laggards = [];
    private FeedPosition _position;

    /// <summary>Publishes until it is stopped or something fails.</summary>
    public async Task Run(IReadOnlyList<NoticePlace> places, CancellationToken stop)
    {
        _position = places.Min(place => place.Position);
        Array.Fill(_sent, _position);
        var time = TimeProvider.System;
        var followed = time.GetTimestamp();
        await FollowAll();
        while (true)
        {
            var began = time.GetTimestamp();
            var page = await feed.Read(_position, PageMax, stop);
            await Publish(page);
            if (time.GetElapsedTime(followed) >= FollowInterval)
            {
                await FollowAll();
                followed = time.GetTimestamp();
            }

            if (!page.IsLast) await WaitForPartitions(stop);
            else
            {
                await feed.WaitForMore(_position, FollowInterval, stop);
                var left = Gathering - time.GetElapsedTime(began);
                if (left > TimeSpan.Zero) await Task.Delay(left, stop);
            }
        }
    }

    private async Task Publish(FeedPage page)
    {
        var sends = new List<Task>();
        foreach (var facts in page.Facts.Where(NoticePlan.MayTell).GroupBy(fact => NoticePartitions.Of(fact.Account!.Value)))
        {
            sends.Add(links.Stream(facts.Key, new NoticeBatch(_sent[facts.Key], page.Next, [.. facts])));
            _sent[facts.Key] = page.Next;
        }

        _position = page.Next;
        // What did not go out is missed, and read from the feed.
        await Task.WhenAll(sends).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private Task<FeedPosition[]> FollowAll() => Task.WhenAll(NoticePartitions.All.Select(Follow));

    private async Task<FeedPosition> Follow(int partition)
    {
        try
        {
            return await links.Follow(partition, new NoticeBatch(_sent[partition], _position, []));
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            // Its silo is going; the next round finds it elsewhere.
            return FeedPosition.Start;
        }
    }

    // A page at a time while there is a backlog: who is told faster than the partitions can tell only makes them read for themselves.
    private async Task WaitForPartitions(CancellationToken stop)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        var (waits, position) = (NoticePartitions.All.ToList(), _position);
        while (true)
        {
            var reached = await Task.WhenAll(waits.Select(Follow));
            var behind = waits.Where((_, i) => reached[i] < position).ToList();
            foreach (var partition in waits.Except(behind)) _laggards.Remove(partition);
            waits = behind;
            if (waits.All(_laggards.Contains)) return;
            if (time.GetElapsedTime(began) > LaggardMax)
            {
                _laggards.UnionWith(waits);
                return;
            }

            await Task.Delay(Gathering / 4, stop);
        }
    }
}
