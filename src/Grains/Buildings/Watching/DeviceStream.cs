namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// A stream whose device has said hello: a turnstile, a till, or a controller that speaks for many gates (P9). The doors make it what it is on the wire. What it is told it keeps in a short
/// queue of its own, so that telling never waits.
/// </summary>
/// <param name="building">Where the devices stand.</param>
/// <param name="devices">Who speaks; one or more.</param>
public abstract class DeviceStream(BuildingId building, IReadOnlyList<DeviceId> devices)
{
    private long _heardAt = Environment.TickCount64;
    private long _endedAt;

    /// <summary>Where the devices stand.</summary>
    public BuildingId Building { get; } = building;

    /// <summary>Who speaks.</summary>
    public IReadOnlyList<DeviceId> Devices { get; } = devices;

    /// <summary>When they said hello.</summary>
    internal Instant Since { get; set; }

    /// <summary>The gates whose fire input the last heartbeat said is on; null before the first.</summary>
    internal IReadOnlyList<DeviceId>? FiresOn { get; set; }

    /// <summary>The gates whose fire input is on, or was when some silo last heard of it. Also the lock of all three.</summary>
    internal Dictionary<DeviceId, Fire> Fires { get; } = [];

    /// <summary>What follows from the heartbeats so far.</summary>
    internal Task FireWork { get; set; } = Task.CompletedTask;

    /// <summary>Something came from it: it lives.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, Environment.TickCount64);

    /// <summary>The building is in this mode. False: so much waits for the device already that it does not read.</summary>
    public abstract bool Tell(ModeSeen mode);

    /// <summary>What is on the building's list may be something else now, and the list was told so (C4).</summary>
    public abstract void CardsChanged();

    /// <summary>A second has passed. It does what is due, and does not wait for it.</summary>
    public abstract void Round();

    /// <summary>It is to end, and the device is told why, if it listens.</summary>
    protected abstract void End(StreamEnd why);

    /// <summary>It is to end at once, whether anybody listens or not.</summary>
    protected abstract void Abort();

    internal TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Volatile.Read(ref _heardAt));

    internal bool HasEnded => Volatile.Read(ref _endedAt) != 0;

    /// <summary>Ends it, once.</summary>
    internal bool Finish(StreamEnd why)
    {
        if (Interlocked.CompareExchange(ref _endedAt, Environment.TickCount64, 0) != 0) return false;
        End(why);
        return true;
    }

    /// <summary>One that was ended and is still there reads nothing: nobody waits for it.</summary>
    internal void AbortAfter(TimeSpan patience)
    {
        if (HasEnded && Environment.TickCount64 - Volatile.Read(ref _endedAt) > patience.TotalMilliseconds) Abort();
    }
}

/// <summary>A gate's fire input that is on.</summary>
internal sealed class Fire
{
    /// <summary>Since when; null before that is known.</summary>
    public Instant? Since { get; set; }

    /// <summary>True when the next silo will know since when.</summary>
    public bool IsSaved { get; set; }

    /// <summary>True when the building was asked to be evacuated.</summary>
    public bool IsHeeded { get; set; }
}

/// <summary>Why the core ends a stream.</summary>
public enum StreamEnd
{
    /// <summary>Nothing came from it for three intervals.</summary>
    Silent,

    /// <summary>The same device has said hello on another stream.</summary>
    Replaced,

    /// <summary>The device does not read what it is told.</summary>
    Slow,
}
