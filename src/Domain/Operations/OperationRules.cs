namespace Zvonok.Domain.Operations;

/// <summary>Bounds on the clocks of clients.</summary>
public static class OperationRules
{
    /// <summary>How far ahead of the server's clock an operation id may have been made: terminals are allowed ten minutes of error.</summary>
    public static readonly Duration FutureSkewMax = Duration.FromMinutes(10);

    /// <summary>How far back a device's time of an event is believed.</summary>
    public static readonly Duration EventAgeMax = Duration.FromHours(12);

    /// <summary>How far back the time of a fact is believed that a terminal uploads (O3): a school's summer would be too long, its longest cut cable is not.</summary>
    public static readonly Duration FactAgeMax = Duration.FromDays(31);

    /// <summary>True when the id was made further ahead than any honest clock is.</summary>
    public static bool IsFromTheFuture(OperationId id, Instant now) => id.MadeAt > now + FutureSkewMax;

    /// <summary>
    /// The time of an event: the device's, when it lies within <see cref="EventAgeMax"/> before <paramref name="now"/>,
    /// else the server's. A device with a wrong clock is served all the same.
    /// </summary>
    public static Instant BoundEventTime(Instant? deviceTime, Instant now) => Bound(deviceTime, now, EventAgeMax);

    /// <summary>The time of a fact that a terminal uploads: as <see cref="BoundEventTime"/>, and believed for <see cref="FactAgeMax"/>.</summary>
    public static Instant BoundFactTime(Instant? deviceTime, Instant now) => Bound(deviceTime, now, FactAgeMax);

    /// <summary>
    /// The time of a passage that a gate uploads (O3). One that is older than is believed happened as long ago as is believed: where somebody is now is no matter of it.
    /// One from ahead by no more than terminals are allowed to err is believed too: who is inside goes by these times, and must not depend on when a gate uploads.
    /// </summary>
    public static Instant BoundPassageTime(Instant deviceTime, Instant now) => ToMillisecond(Instant.Max(now - FactAgeMax, Instant.Min(deviceTime, now + FutureSkewMax)));

    private static Instant Bound(Instant? deviceTime, Instant now, Duration ageMax) =>
        deviceTime is { } at && at <= now && at >= now - ageMax ? ToMillisecond(at) : ToMillisecond(now);

    /// <summary>
    /// Times are kept to the millisecond, everywhere: then an answer read back from the journal is the answer that was
    /// given, to the last digit.
    /// </summary>
    public static Instant ToMillisecond(Instant instant) => Instant.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
