using Grpc.Net.Client;

namespace Zvonok.Load.Devices;

/// <summary>A device's connection as vendors make it: a socket and a stream of its own, a hello, heartbeats.</summary>
internal abstract class DeviceLine(GrpcChannel channel, DeviceId device) : IAsyncDisposable
{
    private readonly TaskCompletionSource<UploadTurn> _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _nextBeat = long.MaxValue;
    private long _interval;

    public DeviceId Device => device;

    public GrpcChannel Channel => channel;

    /// <summary>There when the core has greeted the device: when it may upload. Fails with the stream.</summary>
    public Task<UploadTurn> Welcomed => _welcomed.Task;

    /// <summary>Facts that the device tells the core are in its queue.</summary>
    public long Queued { get; set; }

    /// <summary>Says that the device lives, when it is time.</summary>
    /// <returns>Whether it was.</returns>
    public bool BeatIfDue(long now)
    {
        if (now < _nextBeat) return false;
        _nextBeat += _interval;
        Beat();
        return true;
    }

    public abstract ValueTask DisposeAsync();

    protected abstract void Beat();

    // Without an end there is always a welcome: whoever waits is told either way.
    protected async void EndWith(Task stream)
    {
        try
        {
            await stream;
            _welcomed.TrySetException(new IOException("The core has ended the stream."));
        }
        catch (Exception exception)
        {
            _welcomed.TrySetException(exception);
        }
    }

    protected void Greeted(TimeSpan heartbeatInterval, UploadTurn turn)
    {
        _interval = (long)heartbeatInterval.TotalMilliseconds;
        // Each at a time of its own: the golden ratio's multiples are spread evenly.
        _nextBeat = Environment.TickCount64 + (long)(_interval * (unchecked((uint)device.Value * 2_654_435_769u) / (double)uint.MaxValue));
        _welcomed.TrySetResult(turn);
    }
}

/// <summary>When a device may upload, and how fast (O7).</summary>
/// <param name="After">From the welcome on.</param>
/// <param name="PerSecond">Facts.</param>
internal readonly record struct UploadTurn(TimeSpan After, int PerSecond);
