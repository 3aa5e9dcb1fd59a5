namespace Zvonok.Journal.Feed;

/// <summary>
/// Rung after every commit. It tells this silo's readers at once, and the other silos' at most every few milliseconds and never within
/// the transaction: PostgreSQL commits those that notify one after another, each with its wait for the disk.
/// </summary>
internal sealed class FeedBell(JournalDatabase database, FeedTail tail, FeedPace pace, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _rung = new(0, 1);
    private int _isRung;
    private Task _work = Task.CompletedTask;
    private readonly Lock _lock = new();

    public void Ring()
    {
        tail.Look();
        if (Volatile.Read(ref _isRung) == 1 || Interlocked.Exchange(ref _isRung, 1) == 1) return;
        lock (_lock)
        {
            if (_stop.IsCancellationRequested) return;
            if (_work == Task.CompletedTask) _work = Task.Run(TellOthers);
            _rung.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock) _stop.Cancel();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rung.Dispose();
        _stop.Dispose();
    }

    private async Task TellOthers()
    {
        while (true)
        {
            await _rung.WaitAsync(_stop.Token);
            // What is committed from here on rings again.
            Volatile.Write(ref _isRung, 0);
            try
            {
                await database.Notify(_stop.Token);
            }
            catch (Exception) when (!_stop.IsCancellationRequested)
            {
                // They find out by themselves within a second.
            }

            await Task.Delay(pace.Pause, time, _stop.Token);
        }
    }
}
