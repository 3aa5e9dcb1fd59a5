using Zvonok.Feed.V1;
using Zvonok.Grains.Feed;
using Fact = Zvonok.Grains.Feed.Fact;

namespace Zvonok.Api.Feed;

/// <summary>One reader's way through the feed. It holds two pages at most, the one being sent and the next: the reader's pace is the feed's.</summary>
/// <param name="feed">What it reads.</param>
/// <param name="filter">What it lets through.</param>
/// <param name="responses">Where it sends.</param>
/// <param name="time">For signs of life.</param>
/// <param name="stop">Ends it between two messages.</param>
/// <param name="giveUp">Breaks off a message that its reader does not take.</param>
internal sealed class Watch(IFeed feed, WatchFilter filter, IServerStreamWriter<WatchResponse> responses, TimeProvider time, CancellationToken stop, CancellationToken giveUp)
{
    /// <summary>About how many facts are read at once.</summary>
    private const int PageSize = 2_000;

    // With a fact of 150 bytes and a line of 50 at most, a message stays far below the 4 MB that clients take.
    private const int FactsAndLinesOfMessage = 2_000;

    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    private long? _lastSentAt;

    /// <summary>Sends until it is stopped.</summary>
    public async Task Run(FeedPosition position)
    {
        var reading = feed.Read(position, PageSize, stop);
        while (true)
        {
            var page = await reading;
            if (page.IsLast)
            {
                await Send(page, position);
                await feed.WaitForMore(page.Next, SignOfLife, stop);
                reading = feed.Read(page.Next, PageSize, stop);
            }
            else
            {
                reading = feed.Read(page.Next, PageSize, stop);
                await Send(page, position);
            }

            position = page.Next;
        }
    }

    // What was committed together may be sent in several messages, but no message tells to resume in its middle.
    private async Task Send(FeedPage page, FeedPosition before)
    {
        var message = new WatchResponse();
        var size = 0;
        var (complete, current) = (before, before);
        foreach (var fact in page.Facts)
        {
            if (fact.Position != current) (complete, current) = (current, fact.Position);
            if (size >= FactsAndLinesOfMessage)
            {
                await Send(message, complete);
                (message, size) = (new WatchResponse(), 0);
            }

            if (!await filter.Passes(fact)) continue;
            message.Facts.Add(FactShapes.Shape(fact));
            size += 1 + Lines(fact);
        }

        if (size > 0 || _lastSentAt is not { } last || time.GetElapsedTime(last) >= SignOfLife) await Send(message, page.Next);
    }

    private async Task Send(WatchResponse message, FeedPosition next)
    {
        message.NextPosition = next.Value;
        await responses.WriteAsync(message, giveUp);
        _lastSentAt = time.GetTimestamp();
    }

    private static int Lines(Fact fact) => fact is EntryFact { Entry.Lines.Length: var count } ? count : 0;
}
