namespace Zvonok.Grains.Notices;

/// <summary>Lets a silo's notices through at their pace, with a second's worth at once after a rest.</summary>
public sealed class NoticePace(int perSecondMax, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next;

    /// <summary>Waits until so many may be sent.</summary>
    public Task Take(int count, CancellationToken stop)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            var burst = TimeSpan.FromSeconds(1);
            if (_next < now - burst) _next = now - burst;
            _next += TimeSpan.FromSeconds(count / (double)perSecondMax);
            wait = _next - now;
        }

        return wait <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(wait, time, stop);
    }
}
