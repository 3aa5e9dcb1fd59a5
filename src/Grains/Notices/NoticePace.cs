namespace Zvonok.Grains.Notices;

/// <summary>
/// Lets a silo's notices through at their pace, with a second's worth at once after a rest; at a quarter of it while the silo is busy, since a
/// notice may wait and a child at a turnstile does not.
/// </summary>
/// <param name="perSecondMax">Notices in a second, at most.</param>
/// <param name="time">The clock.</param>
/// <param name="isBusy">Whether taps and sales wait for a processor now.</param>
public sealed class NoticePace(int perSecondMax, TimeProvider time, Func<bool> isBusy)
{
    private const int BusyFactor = 4;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits until so many may be sent.</summary>
    public Task Take(int count, CancellationToken stop)
    {
        if (count == 0) return Task.CompletedTask;
        var perSecond = perSecondMax / (isBusy() ? (double)BusyFactor : 1);
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var burst = TimeSpan.FromSeconds(1);
            if (_next < now - burst) _next = now - burst;
            _next += TimeSpan.FromSeconds(count / perSecond);
            wait = _next - now;
        }

        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, stop);
    }
}
