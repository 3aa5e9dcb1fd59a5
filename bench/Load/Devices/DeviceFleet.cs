using System.Collections.Concurrent;
using Grpc.Core;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Devices;

/// <summary>All devices of a city, each connected over a socket and a stream of its own.</summary>
/// <param name="address">The silo.</param>
/// <param name="failures">Where failures are counted.</param>
internal sealed class DeviceFleet(Uri address, Failures failures) : IAsyncDisposable
{
    private const int TriesMax = 10;
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(20);
    private readonly ConcurrentDictionary<DeviceId, GateLine> _gates = new();
    private readonly ConcurrentDictionary<DeviceId, TillLine> _tills = new();
    private readonly CancellationTokenSource _over = new();
    private Task _beating = Task.CompletedTask;
    private long _beats;
    private int _repeats;

    /// <summary>How many are connected.</summary>
    public int Count => _gates.Count + _tills.Count;

    /// <summary>Heartbeats sent so far.</summary>
    public long Beats => Interlocked.Read(ref _beats);

    /// <summary>Attempts that failed and were made again.</summary>
    public int Repeats => _repeats;

    public IEnumerable<GateLine> Gates => _gates.Values;

    public IEnumerable<TillLine> Tills => _tills.Values;

    public GateLink Gate(DeviceId gate) => _gates[gate].Link;

    public TillLink Till(DeviceId till) => _tills[till].Link;

    /// <summary>Connects devices in an open loop, so many a second, whatever the core does. Each is there when the core has greeted it.</summary>
    public async Task<ConnectRecorder> Connect(IReadOnlyList<NewDevice> devices, int perSecond, IProgress<long> done, CancellationToken stop)
    {
        ConnectStep[] steps = [.. devices.Select((device, index) => new ConnectStep(TimeSpan.FromSeconds(index / (double)perSecond), device))];
        _beating = Task.Run(Beat, CancellationToken.None);
        var recorder = await OpenLoop.Run(step => Task.Run(() => Connect(step), stop), steps, new ConnectRecorder(1 + devices.Count / perSecond), failures, done, stop);
        return recorder;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _beating;
        await Parallel.ForEachAsync(_gates.Values.Concat<DeviceLine>(_tills.Values), async (line, _) =>
        {
            await line.DisposeAsync();
            line.Channel.Dispose();
        });
        _over.Dispose();
    }

    // Who is told to come again does so, as the library does: after a pause that is another one for each, and longer each time.
    private async Task Connect(ConnectStep step)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (device, queued, isTill, told) = step.Device;
            var channel = Connection.Open(address);
            DeviceLine line = isTill ? _tills[device] = new TillLine(channel, device, queued) : _gates[device] = new GateLine(channel, device, queued, told);
            try
            {
                await line.Welcomed;
                return;
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted && attempt < TriesMax)
            {
                Interlocked.Increment(ref _repeats);
            }
            catch (Exception exception)
            {
                failures.Add("connect", exception);
                return;
            }

            await line.DisposeAsync();
            channel.Dispose();
            await Task.Delay(TimeSpan.FromSeconds(attempt * (0.5 + device.Value % 97 / 97.0)));
        }
    }

    private async Task Beat()
    {
        while (!_over.IsCancellationRequested)
        {
            var now = Environment.TickCount64;
            var count = _gates.Values.Concat<DeviceLine>(_tills.Values).LongCount(line => line.BeatIfDue(now));
            Interlocked.Add(ref _beats, count);
            await Task.Delay(Round, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
