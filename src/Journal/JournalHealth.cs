namespace Zvonok.Journal;

/// <summary>
/// Whether the database answers. Whoever meets a failure reports it; from then on callers are turned away at once instead
/// of waiting in vain, and a probe knocks until the database answers again.
/// </summary>
public sealed class JournalHealth : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, Task> _ping;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TimeSpan _deadline;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task _probe = Task.CompletedTask;
    private volatile bool _isUp = true;
    private volatile bool _isBroken;

    internal JournalHealth(Func<CancellationToken, Task> ping, TimeSpan deadline, TimeProvider time, ILogger logger) =>
        (_ping, _deadline, _time, _logger) = (ping, deadline, time, logger);

    /// <summary>True while the database answers.</summary>
    public bool IsUp => _isUp;

    /// <summary>True when the journal's writer has failed: only a restart helps.</summary>
    public bool IsBroken => _isBroken;

    internal void ReportBroken() => _isBroken = true;

    internal void ThrowIfDown()
    {
        if (!_isUp) throw new JournalUnavailableException("The journal's database does not answer: repeat the same operation.");
    }

    internal void ReportDown(Exception reason)
    {
        lock (_lock)
        {
            if (!_isUp || _stop.IsCancellationRequested) return;
            _isUp = false;
            _probe = Probe();
        }

        Log.Down(_logger, reason.Message);
    }

    private async Task Probe()
    {
        var since = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var deadline = new Deadline(_deadline, _time);
                await _ping(deadline.Driver).WaitAsync(_stop.Token);
                break;
            }
            catch (Exception) when (!_stop.IsCancellationRequested)
            {
                // It is known to be down; the next knock will tell.
                await Task.Delay(ProbeInterval, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (_stop.IsCancellationRequested) return;
        _isUp = true;
        Log.Up(_logger, _time.GetElapsedTime(since).TotalSeconds);
    }

    /// <summary>Ends the probe.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _probe.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
