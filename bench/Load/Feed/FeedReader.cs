using Zvonok.Feed.V1;

namespace Zvonok.Load.Feed;

/// <summary>A neighbour that reads the feed from its beginning and looks at every fact.</summary>
internal sealed class FeedReader(Uri address, Failures failures)
{
    private readonly Dictionary<long, long> _entries = [];

    /// <summary>Reads until it has so many facts.</summary>
    public async Task Read(long facts, FeedCourse course, IProgress<long> done, CancellationToken stop)
    {
        using var channel = Connection.Open(address);
        using var watch = new FeedService.FeedServiceClient(channel).Watch(new WatchRequest(), cancellationToken: stop);
        var (read, messages) = (0L, 0);
        course.Report(0);
        while (read < facts && await watch.ResponseStream.MoveNext(stop))
        {
            foreach (var fact in watch.ResponseStream.Current.Facts) Look(fact);
            read += watch.ResponseStream.Current.Facts.Count;
            course.Report(read);
            if (++messages % 50 == 0) done.Report(read);
        }

        if (read != facts) failures.Add($"the feed told {read} facts of {facts}");
    }

    // The entries of an account come by their numbers; this history leaves gaps between them.
    private void Look(Fact fact)
    {
        if (fact.FactCase != Fact.FactOneofCase.Entry) return;
        var entry = fact.Entry;
        if (entry.EntryNumber <= _entries.GetValueOrDefault(entry.AccountNumber)) failures.Add("an entry came after a later one, or twice");
        _entries[entry.AccountNumber] = entry.EntryNumber;
    }
}
