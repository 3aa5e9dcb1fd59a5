using Zvonok.Grains.Feed;

namespace Zvonok.Journal.Feed;

/// <summary>The feed, read from the journal's tables.</summary>
internal sealed class JournalFeed(JournalDatabase database, JournalHealth health, JournalMetrics metrics, FeedTail tail, TimeProvider time) : IFeed, IDisposable
{
    /// <summary>Pages read at the same time; more wait, so that readers who catch up leave the database to those who write.</summary>
    public const int ReadersMax = 2;

    // Nobody stands at a gate for it: what is cold on the disk may take a while.
    private static readonly TimeSpan ReadMax = TimeSpan.FromSeconds(10);

    private readonly PageLoader _loader = new(database);
    private readonly SemaphoreSlim _turn = new(ReadersMax);

    public async Task<FeedPage> Read(FeedPosition after, int factsMax, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factsMax);
        var page = await Run(deadline => _loader.Load(after, factsMax, deadline), stop);
        if (page.Facts is [.., var last]) metrics.FeedRead(page.Facts.Count, time.GetUtcNow() - last.RecordedAt.ToDateTimeOffset());
        return page;
    }

    public Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop) => tail.WaitForMore(after, longest, stop);

    public async Task<FeedPosition> FindEnd(CancellationToken stop) => (await Run(_loader.LoadNewest, stop)).Readable;

    public void Dispose() => _turn.Dispose();

    private async Task<T> Run<T>(Func<CancellationToken, Task<T>> read, CancellationToken stop)
    {
        health.ThrowIfDown();
        await _turn.WaitAsync(stop);
        try
        {
            using var deadline = new Deadline(ReadMax, time);
            return await database.ReadApart(() => read(deadline.Driver)).WaitAsync(deadline.Callers).WaitAsync(stop);
        }
        catch (Exception exception) when (exception is not FeedPositionAheadException && !stop.IsCancellationRequested && IsOutage(exception))
        {
            health.ReportDown(exception);
            throw new JournalUnavailableException("The feed's database does not answer: read again from the same position.", exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool IsOutage(Exception exception) => exception is DbException or OperationCanceledException or IOException or TimeoutException;
}
