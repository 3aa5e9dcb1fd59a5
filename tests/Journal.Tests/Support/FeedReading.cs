using Zvonok.Grains.Feed;
using Zvonok.Journal.Feed;

namespace Zvonok.Journal.Tests.Support;

/// <summary>Reads the feed as its readers do.</summary>
internal static class FeedReading
{
    /// <summary>
    /// Returns when everything committed can be read. A transaction that holds the feed back for a moment need not be the test's: a
    /// notification has a number of its own too.
    /// </summary>
    public static Task FeedSettles(this TestJournal journal) => Eventually.Holds(
        async () =>
        {
            var (readable, committed) = await new PageLoader(journal.Database).LoadNewest(CancellationToken.None);
            return readable == committed;
        },
        "all that is committed can be read");

    /// <summary>All facts after a position, in pages of about <paramref name="pageSize"/>.</summary>
    public static async Task<List<Fact>> ReadFeed(this TestJournal journal, FeedPosition after = default, int pageSize = 1_000)
    {
        await journal.FeedSettles();
        var facts = new List<Fact>();
        while (true)
        {
            var page = await journal.Feed.Read(after, pageSize, CancellationToken.None);
            facts.AddRange(page.Facts);
            page.Next.ShouldBe(page.Facts.Count == 0 ? after : page.Facts[^1].Position);
            if (page.IsLast) return facts;
            page.Facts.Count.ShouldBeGreaterThanOrEqualTo(pageSize);
            after = page.Next;
        }
    }

    /// <summary>The names of all facts after a position.</summary>
    public static async Task<List<string>> ReadFeedKeys(this TestJournal journal, FeedPosition after = default, int pageSize = 1_000) =>
        [.. (await journal.ReadFeed(after, pageSize)).Select(fact => fact.Key.ToString())];
}
