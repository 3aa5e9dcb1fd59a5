using Zvonok.Grains.Feed;

namespace Zvonok.Grains.Notices;

/// <summary>What the publisher has sent, and how far the partitions that are waited for are with it.</summary>
internal sealed class NoticeFlow(FeedPosition start, TimeProvider time)
{
    /// <summary>By then a batch has come by its stream, or is lost. Who hears of a batch before it comes reads the feed for it in vain.</summary>
    public static readonly TimeSpan OnTheWayMax = TimeSpan.FromSeconds(1);

    private readonly Queue<Page> _pages = new();
    private FeedPosition _sent = start;
    private FeedPosition _decided = start;

    /// <summary>Facts sent that one of them has still to decide.</summary>
    public int UnderWay { get; private set; }

    /// <summary>What was sent up to here has come, or never will. Never beyond what was sent.</summary>
    public FeedPosition Arrived
    {
        get
        {
            var arrived = _decided;
            foreach (var page in _pages)
            {
                if (time.GetElapsedTime(page.SentAt) < OnTheWayMax) break;
                arrived = page.To;
            }

            return arrived;
        }
    }

    /// <summary>A page went out.</summary>
    public void Sent(FeedPosition to, int facts)
    {
        _pages.Enqueue(new Page(to, facts, time.GetTimestamp()));
        _sent = to;
        UnderWay += facts;
    }

    /// <summary>
    /// All partitions that are waited for have decided up to here. Of a publisher that starts over they are ahead: what it has not sent yet it does not know, and must
    /// not announce to the one that is behind.
    /// </summary>
    public void Reached(FeedPosition position)
    {
        var mine = position < _sent ? position : _sent;
        if (mine > _decided) _decided = mine;
        while (_pages.TryPeek(out var page) && page.To <= _decided) UnderWay -= _pages.Dequeue().Facts;
    }

    private readonly record struct Page(FeedPosition To, int Facts, long SentAt);
}
