namespace Zvonok.Simulation.Days;

/// <summary>What devices decided while they were without the core. Safe for any number of threads.</summary>
public sealed class AloneTally
{
    private long _served;
    private long _refused;
    private long _turnedAway;

    /// <summary>Who came.</summary>
    public long Came => Served + Refused + TurnedAway;

    /// <summary>Who was admitted, or was sold lunch.</summary>
    public long Served => Interlocked.Read(ref _served);

    /// <summary>Who was refused for a reason that the core would have had too.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Who was refused because the core was away.</summary>
    public long TurnedAway => Interlocked.Read(ref _turnedAway);

    internal void Count(Shown shown, bool isRefusalDue)
    {
        if (shown.Refusal is null) Interlocked.Increment(ref _served);
        else if (isRefusalDue) Interlocked.Increment(ref _refused);
        else Interlocked.Increment(ref _turnedAway);
    }
}
