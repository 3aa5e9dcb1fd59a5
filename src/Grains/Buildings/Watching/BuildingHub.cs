using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Lists;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// The streams of this silo whose devices have said hello, by building: it watches the buildings for them and hands on what they must hear at once (S1, C4), ends those that say nothing any
/// more, and keeps the durable record of who is connected (S4). It renews with every building every few seconds, so that it is known to whichever activation lives.
/// </summary>
public sealed class BuildingHub : IBuildingWatcher, ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(1);

    // A city's buildings are asked a few at a time: hundreds at once every second would hold up the taps for a tenth of it.
    private const int RenewalsPerSecond = 20;

    // One that was told why it ends, and reads it, is gone by then.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory _factory;
    private readonly GrainLookup _grains;
    private readonly DeviceLinkBook _book;
    private readonly FireInputs _fires;
    private readonly ConnectionOptions _options;
    private readonly ConnectionMetrics _metrics;
    private readonly ILogger<BuildingHub> _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<BuildingId, Seat> _seats = new();
    private readonly ConcurrentDictionary<DeviceStream, bool> _streams = new();
    private readonly ConcurrentDictionary<DeviceId, DeviceStream> _byDevice = new();
    private IBuildingWatcher? _self;
    private Task _work = Task.CompletedTask;
    private int _count;
    private long _renewal;

    /// <summary>Nobody is connected.</summary>
    public BuildingHub(
        IGrainFactory factory, GrainLookup grains, IDeviceLinks links, IClock clock, IOptions<ConnectionOptions> options, ConnectionMetrics metrics, ILogger<BuildingHub> logger)
    {
        (_factory, _grains, _options, _metrics, _logger) = (factory, grains, options.Value, metrics, logger);
        _book = new DeviceLinkBook(links, clock, Duration.FromSeconds(_options.RenewSeconds), logger);
        _fires = new FireInputs(links, grains, clock, logger);
        metrics.Observe(() => Volatile.Read(ref _count), () => _seats.Count, () => _book.Waiting);
    }

    /// <summary>How often a device says that it lives.</summary>
    public TimeSpan HeartbeatInterval => TimeSpan.FromSeconds(_options.HeartbeatSeconds);

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(BuildingHub), ServiceLifecycleStage.Active, Start, Stop);

    /// <summary>
    /// A stream's devices have said hello. An older stream of any of them is ended (D3). The building's mode is there when this returns, unless it cannot be asked now: then
    /// the stream is told as soon as it can.
    /// </summary>
    /// <exception cref="JournalOverloadedException">There are too many streams here.</exception>
    public async Task<ModeSeen?> Join(DeviceStream stream)
    {
        if (Interlocked.Increment(ref _count) > _options.StreamsMax)
        {
            Interlocked.Decrement(ref _count);
            throw new JournalOverloadedException($"{_options.StreamsMax} devices' streams are open here already: connect to another silo.");
        }

        _streams[stream] = true;
        foreach (var device in stream.Devices)
        {
            DeviceStream? older = null;
            _byDevice.AddOrUpdate(device, stream, (_, there) =>
            {
                older = there;
                return stream;
            });
            if (older is not null) Finish(older, StreamEnd.Replaced);
        }

        stream.Since = _book.Came(stream.Devices);
        var seat = Sit(stream);
        if (seat.Mode is null) await Ask(seat);
        return seat.Mode;
    }

    /// <summary>A stream that had joined is over.</summary>
    public void Leave(DeviceStream stream)
    {
        if (!_streams.TryRemove(stream, out _)) return;
        Interlocked.Decrement(ref _count);
        if (_seats.TryGetValue(stream.Building, out var seat) && seat.Remove(stream)) _seats.TryRemove(new(stream.Building, seat));
        // Those of its devices that are on a newer stream here have come back already.
        _book.Left([.. stream.Devices.Where(device => _byDevice.TryRemove(new(device, stream)))], stream.Since);
    }

    /// <summary>A gate's or controller's heartbeat says whose fire inputs are on (S1). When this returns the building is being evacuated, or was asked for it before.</summary>
    public Task Hear(DeviceStream stream, IReadOnlyList<DeviceId> firesOn) => _fires.Hear(stream, firesOn);

    /// <inheritdoc/>
    public Task ModeChanged(BuildingId building, ModeSeen mode)
    {
        if (_seats.TryGetValue(building, out var seat)) See(seat, mode);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CardsChanged(BuildingId building)
    {
        // Of a whole class's cards the devices hear together: the list is looked at once a second at most.
        if (_seats.TryGetValue(building, out var seat) && seat.IsFirstChange()) _ = Announce(seat);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Writes what has become of streams since it was written last.</summary>
    internal async Task Save()
    {
        foreach (var gate in await _book.Save())
            if (_byDevice.TryGetValue(gate, out var stream)) await _fires.WasOn(stream, gate);
    }

    private Task Start(CancellationToken starting)
    {
        _self = _factory.CreateObjectReference<IBuildingWatcher>(this);
        _work = Task.WhenAll(
            Task.Run(() => Repeat(Round, RoundTime), CancellationToken.None), Task.Run(() => Repeat(Renew, RoundTime / RenewalsPerSecond), CancellationToken.None),
            Task.Run(() => Repeat(Save, RoundTime), CancellationToken.None));
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken stopping)
    {
        await _stop.CancelAsync();
        await _work;
        // The doors are shut by now: whoever was connected here is elsewhere, or is not.
        await ((Task)_book.Save()).WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Repeat(Func<Task> round, TimeSpan pause)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await round();
            }
            catch (Exception exception)
            {
                Log.RoundFailed(_logger, exception);
            }

            await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One loop for all streams: thousands of timers would cost more than what they wait for.
    private Task Round()
    {
        var silence = HeartbeatInterval * ConnectionOptions.SilentIntervals;
        foreach (var (stream, _) in _streams)
        {
            if (stream.HasEnded) stream.AbortAfter(EndPatience);
            else if (stream.Silence > silence) Finish(stream, StreamEnd.Silent);
            else stream.Round();
        }

        return Task.CompletedTask;
    }

    private Task Renew()
    {
        var parts = _options.RenewSeconds * RenewalsPerSecond;
        var part = _renewal++ % parts;
        foreach (var (building, seat) in _seats)
            if (building.Value % parts == part) _ = Ask(seat);
        return Task.CompletedTask;
    }

    private Seat Sit(DeviceStream stream)
    {
        while (true)
        {
            var seat = _seats.GetOrAdd(stream.Building, static building => new Seat(building));
            if (seat.TryAdd(stream)) return seat;
            _seats.TryRemove(new(stream.Building, seat));
        }
    }

    private void Finish(DeviceStream stream, StreamEnd why)
    {
        if (stream.Finish(why)) _metrics.Ended(why);
    }

    private async Task Announce(Seat seat)
    {
        try
        {
            while (seat.TakeChanges())
            {
                await _factory.GetGrain<IListGrain>(seat.Building.Value).Outdate();
                foreach (var stream in seat.Streams) stream.CardsChanged();
                await Task.Delay(RoundTime);
            }
        }
        catch (Exception exception)
        {
            // The list comes a little later, with its usual period.
            seat.DropChanges();
            Log.NotAnnounced(_logger, seat.Building, exception.Message);
        }
    }

    private void See(Seat seat, ModeSeen mode)
    {
        foreach (var stream in seat.See(mode)) Finish(stream, StreamEnd.Slow);
    }

    private Task Ask(Seat seat) => seat.Ask(Watch);

    private async Task Watch(Seat seat)
    {
        try
        {
            See(seat, await _grains.Building(seat.Building).Watch(_self!));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It moves, or the database is away and it is not in the memory: it is asked again in a few seconds.
            Log.NotWatched(_logger, seat.Building, exception.Message);
        }
    }
}
