using Zvonok.Domain.Operations;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>How the cable is at a moment.</summary>
internal enum Cable
{
    /// <summary>Whole.</summary>
    Whole,

    /// <summary>The core hears, and is not heard.</summary>
    Deaf,

    /// <summary>Cut.</summary>
    Cut,
}

/// <summary>What a gate and a till have in common: a clock that may be wrong until the core has told its time, and a queue on a disk.</summary>
internal abstract class Device(DeviceId id, Random random, Duration offset)
{
    private readonly List<Action<Core, Instant>> _queue = [];
    private Duration _offset = offset;

    public DeviceId Id => id;

    protected Random Random => random;

    protected Instant Clock(Instant now) => OperationRules.ToMillisecond(now + _offset);

    /// <summary>The core has answered: from now on its time is known.</summary>
    protected void Met() => _offset = Duration.Zero;

    protected OperationId NewOperation(Instant now) => OperationId.Create(Clock(now), random);

    protected void Queue(Action<Core, Instant> fact) => _queue.Add(fact);

    /// <summary>Uploads some of the queue, or all of it. What is acknowledged is gone; when the acknowledgement is lost, it is told again.</summary>
    public void Upload(Core core, Instant now, bool all)
    {
        Met();
        var count = all ? _queue.Count : random.Next(_queue.Count + 1);
        for (var i = 0; i < count; i++) _queue[i](core, now);
        if (all || random.Next(3) > 0) _queue.RemoveRange(0, count);
    }
}
