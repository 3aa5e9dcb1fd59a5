using Microsoft.Extensions.Options;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// When devices may upload what they did without a connection, and how fast (O7): so many at a time as together make <see cref="ConnectionOptions.UploadsPerSecond"/>, each in a lane of its
/// own for as long as its queue takes, one after the other. A device that asks again has the place that it had.
/// </summary>
public sealed class UploadPace
{
    // The first ones begin within that time, not at once.
    private static readonly Duration JitterMax = Duration.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IClock _clock;
    private readonly PriorityQueue<Instant, Instant> _lanes = new();
    private readonly Dictionary<DeviceId, Turn> _turns = [];
    private Instant _sweptAt = Instant.MinValue;

    /// <summary>All lanes are free.</summary>
    public UploadPace(IOptions<ConnectionOptions> options, IClock clock)
    {
        _clock = clock;
        Rate = Math.Min(options.Value.DeviceUploadsPerSecond, options.Value.UploadsPerSecond);
        for (var lane = 0; lane < options.Value.UploadsPerSecond / Rate; lane++) _lanes.Enqueue(Instant.MinValue, Instant.MinValue);
    }

    /// <summary>Facts a second of one device.</summary>
    public int Rate { get; }

    /// <summary>After how long a device may begin; at once when nothing is queued.</summary>
    /// <param name="device">Which; of a controller the first.</param>
    /// <param name="queued">How many facts it has.</param>
    public Duration Admit(DeviceId device, long queued)
    {
        if (queued == 0) return Duration.Zero;
        lock (_gate)
        {
            var now = _clock.GetCurrentInstant();
            Sweep(now);
            // It says on every stream what it has still: one that has begun, or waits, is not sent to the end.
            if (!_turns.TryGetValue(device, out var turn) || turn.End <= now) _turns[device] = turn = Next(device, queued, now);
            return Duration.Max(turn.Start - now, Duration.Zero);
        }
    }

    /// <summary>True when a device with facts in its queue has no place to upload them, because the one that it had is past.</summary>
    public bool NeedsTurn(DeviceId device, long queued)
    {
        if (queued == 0) return false;
        lock (_gate) return !_turns.TryGetValue(device, out var turn) || turn.End <= _clock.GetCurrentInstant();
    }

    private Turn Next(DeviceId device, long queued, Instant now)
    {
        var free = Instant.Max(_lanes.Dequeue(), now + JitterMax * Share(device));
        var turn = new Turn(free, free + Duration.FromSeconds((double)queued / Rate));
        _lanes.Enqueue(turn.End, turn.End);
        return turn;
    }

    // What is past is forgotten now and then: there are as many as devices at most.
    private void Sweep(Instant now)
    {
        if (now - _sweptAt < Duration.FromMinutes(1)) return;
        _sweptAt = now;
        foreach (var (device, turn) in _turns)
            if (turn.End <= now) _turns.Remove(device);
    }

    // Another share for each, and no two neighbours the same: the golden ratio's multiples are spread evenly.
    private static double Share(DeviceId device) => unchecked((uint)device.Value * 2_654_435_769u) / (double)uint.MaxValue;

    private readonly record struct Turn(Instant Start, Instant End);
}
