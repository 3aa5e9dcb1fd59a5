using Zvonok.Grains.Feed;

namespace Zvonok.Journal.Feed;

/// <summary>
/// Tells those who have read the feed to its end that there is more: one of it for each silo, however many wait. It looks when this silo
/// has committed or another one says so, and from time to time anyway, since notifications can be lost.
/// </summary>
internal sealed class FeedTail : IAsyncDisposable
{
    // A connection that leads nowhere is given up then.
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(5);

    private readonly JournalDatabase _database;
    private readonly PageLoader _loader;
    private readonly FeedPace _pace;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedPosition _newest;
    private int _waiting;
    private Task _work = Task.CompletedTask;

    public FeedTail(JournalDatabase database, FeedPace pace, TimeProvider time)
    {
        (_database, _pace, _time) = (database, pace, time);
        _loader = new PageLoader(database);
    }

    /// <summary>Something was committed. Costs next to nothing while nobody waits.</summary>
    public void Look()
    {
        if (Volatile.Read(ref _waiting) == 0) return;
        lock (_lock)
            if (_wake.CurrentCount == 0) _wake.Release();
    }

    /// <inheritdoc cref="IFeed.WaitForMore"/>
    public async Task WaitForMore(FeedPosition after, TimeSpan longest, CancellationToken stop)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            Start();
            using var enough = new CancellationTokenSource(longest, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stop);
            while (Moved(after) is { } moved)
            {
                // Also what was committed before there was anybody to wait for it.
                Look();
                await moved.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                stop.ThrowIfCancellationRequested();
                if (enough.IsCancellationRequested) return;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _wake.Dispose();
        _stop.Dispose();
    }

    // Null when there is something after that position already.
    private Task? Moved(FeedPosition after)
    {
        lock (_lock) return _newest > after ? null : _moved.Task;
    }

    private void Start()
    {
        lock (_lock)
            if (_work == Task.CompletedTask && !_stop.IsCancellationRequested) _work = Task.WhenAll(Task.Run(Follow), Task.Run(Listen));
    }

    private async Task Follow()
    {
        var isHeldBack = false;
        while (!_stop.IsCancellationRequested)
        {
            // While a transaction that is still open holds back what others have committed, nobody will tell when it ends.
            await _wake.WaitAsync(isHeldBack ? _pace.Pause : _pace.Poll, _stop.Token);
            isHeldBack = Volatile.Read(ref _waiting) > 0 && await LookNow();

            // Whatever is committed meanwhile is found by one look.
            await Task.Delay(_pace.Pause, _time, _stop.Token);
        }
    }

    // True when something is committed that cannot be read yet.
    private async Task<bool> LookNow()
    {
        try
        {
            using var enough = new CancellationTokenSource(LookMax, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, _stop.Token);
            var (readable, committed) = await _database.ReadApart(() => _loader.LoadNewest(either.Token));
            Publish(readable);
            return readable < committed;
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // An outage shows at the next read; here it only means to look again.
            return false;
        }
    }

    private void Publish(FeedPosition newest)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            if (newest <= _newest) return;
            _newest = newest;
            (moved, _moved) = (_moved, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        moved.SetResult();
    }

    private async Task Listen()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _database.Listen(Look, _stop.Token);
            }
            catch (Exception) when (!_stop.IsCancellationRequested)
            {
                // Until the connection is there again the poll finds out.
                await Task.Delay(_pace.Poll, _time, _stop.Token);
            }
        }
    }
}

/// <summary>How often the feed's end is looked at.</summary>
/// <param name="Pause">Between two looks, and between two notifications to other silos.</param>
/// <param name="Poll">Without any notification.</param>
internal sealed record FeedPace(TimeSpan Pause, TimeSpan Poll)
{
    /// <summary>Fifty looks a second at most; a lost notification costs a second.</summary>
    public static readonly FeedPace Usual = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(1));
}
