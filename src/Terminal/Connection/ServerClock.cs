namespace Zvonok.Terminals.Connection;

/// <summary>
/// The core's time on a device whose own clock may be wrong: of the answers of the last while, the one that was fastest tells the offset best. Without a connection the offset that was found last holds on.
/// </summary>
internal sealed class ServerClock(TimeProvider time, Duration offset)
{
    /// <summary>A new reading counts although it was slower, when the one before is so old: clocks drift.</summary>
    private static readonly TimeSpan ReadingAgeMax = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private TimeSpan _roundTrip = TimeSpan.MaxValue;
    private long _readAt;
    private long _offsetTicks = offset.BclCompatibleTicks;

    /// <summary>How far the core's clock is ahead of the device's.</summary>
    public Duration Offset => Duration.FromTicks(Interlocked.Read(ref _offsetTicks));

    /// <summary>The core's time, as far as it is known.</summary>
    public Instant Now => DeviceTime + Offset;

    /// <summary>The device's own.</summary>
    public Instant DeviceTime => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The core has said what time it is, to something that was sent a while ago. True when the offset has changed by a second or more since it was true last.</summary>
    public bool Read(Instant serverTime, long sentAt)
    {
        lock (_gate)
        {
            var roundTrip = time.GetElapsedTime(sentAt);
            if (roundTrip > _roundTrip && time.GetElapsedTime(_readAt) < ReadingAgeMax) return false;
            (_roundTrip, _readAt) = (roundTrip, time.GetTimestamp());
            var found = serverTime + Duration.FromTimeSpan(roundTrip / 2) - DeviceTime;
            var isChange = Duration.FromSeconds(1) <= (found > Offset ? found - Offset : Offset - found);
            Interlocked.Exchange(ref _offsetTicks, found.BclCompatibleTicks);
            return isChange;
        }
    }
}
