namespace Zvonok.Terminals.Uploads;

/// <summary>When facts may go (O7): not before the time that the core has named and a bit more, so that devices do not come together; then at most so many a second. Pure.</summary>
internal sealed class Pacer
{
    /// <summary>What goes without pace, when the core has named none.</summary>
    public const int UnsaidPerSecond = 100;

    /// <summary>Shorter pauses are not made: several facts go together instead.</summary>
    public static readonly TimeSpan PauseLeast = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan SpreadLeast = TimeSpan.FromSeconds(1);
    private const double Spread = 0.2;
    private readonly Lock _gate = new();
    private DateTimeOffset _begin;
    private DateTimeOffset _next;
    private TimeSpan _each = TimeSpan.FromSeconds(1.0 / UnsaidPerSecond);

    /// <summary>The core has named a pace.</summary>
    /// <param name="after">Begin no upload before.</param>
    /// <param name="perSecond">Then so fast; 0 or less: not said.</param>
    /// <param name="now">The device's time.</param>
    /// <param name="jitter">0 to 1, by chance.</param>
    public void Set(TimeSpan after, int perSecond, DateTimeOffset now, double jitter)
    {
        lock (_gate)
        {
            var spread = after * Spread;
            _begin = now + after + (spread > SpreadLeast ? spread : SpreadLeast) * jitter;
            _each = TimeSpan.FromSeconds(1.0 / (perSecond > 0 ? perSecond : UnsaidPerSecond));
        }
    }

    /// <summary>How long an upload has to wait before it begins.</summary>
    public TimeSpan BeforeUpload(DateTimeOffset now)
    {
        lock (_gate) return _begin > now ? _begin - now : TimeSpan.Zero;
    }

    /// <summary>How long the next fact has to wait; it counts as sent then. Short pauses are saved up.</summary>
    public TimeSpan BeforeFact(DateTimeOffset now)
    {
        lock (_gate)
        {
            // Who was slower than the pace may not be faster afterwards.
            if (_next < now) _next = now;
            var wait = _next - now;
            _next += _each;
            return wait >= PauseLeast ? wait : TimeSpan.Zero;
        }
    }
}
