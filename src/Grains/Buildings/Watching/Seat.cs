namespace Zvonok.Grains.Buildings.Watching;

/// <summary>The streams of one building on this silo, and what is known of its mode.</summary>
/// <param name="building">Which.</param>
internal sealed class Seat(BuildingId building)
{
    private readonly Lock _gate = new();
    private readonly List<DeviceStream> _streams = [];
    private ModeSeen? _mode;
    private Task _asking = Task.CompletedTask;
    private bool _isGone;
    private bool _isAnnouncing;
    private bool _hasChanges;

    public BuildingId Building => building;

    /// <summary>The mode as last seen; null when the building has not answered yet.</summary>
    public ModeSeen? Mode
    {
        get
        {
            lock (_gate) return _mode;
        }
    }

    /// <summary>False: the last stream has left it, and another seat takes its place.</summary>
    public bool TryAdd(DeviceStream stream)
    {
        lock (_gate)
        {
            if (_isGone) return false;
            _streams.Add(stream);
            return true;
        }
    }

    /// <returns>True when it was the last one.</returns>
    public bool Remove(DeviceStream stream)
    {
        lock (_gate) return _streams.Remove(stream) && (_isGone = _streams.Count == 0);
    }

    /// <summary>The building was seen in this mode. Who is here hears of it when it is another one than before; the older of two is worth nothing.</summary>
    /// <returns>Streams whose devices do not read.</returns>
    public IReadOnlyList<DeviceStream> See(ModeSeen mode)
    {
        lock (_gate)
        {
            if (_mode is { } before && before.Seq > mode.Seq) return [];
            var isNews = _mode?.Mode != mode.Mode;
            _mode = mode;
            return isNews ? _streams.FindAll(stream => !stream.Tell(mode)) : [];
        }
    }

    /// <summary>The streams that are there.</summary>
    public IReadOnlyList<DeviceStream> Streams
    {
        get
        {
            lock (_gate) return [.. _streams];
        }
    }

    /// <summary>A card has changed. True: nobody tells the streams yet, and the caller has to.</summary>
    public bool IsFirstChange()
    {
        lock (_gate)
        {
            _hasChanges = true;
            return !_isAnnouncing && (_isAnnouncing = true);
        }
    }

    /// <summary>There are changes of which the streams have not been told; they will be now. False: whoever tells them is done.</summary>
    public bool TakeChanges()
    {
        lock (_gate)
        {
            _isAnnouncing = _hasChanges;
            _hasChanges = false;
            return _isAnnouncing;
        }
    }

    /// <summary>Whoever tells them has given up.</summary>
    public void DropChanges()
    {
        lock (_gate) (_hasChanges, _isAnnouncing) = (false, false);
    }

    /// <summary>Asks the building, unless it is being asked already. It does not throw.</summary>
    public Task Ask(Func<Seat, Task> ask)
    {
        lock (_gate) return _asking.IsCompleted ? _asking = ask(this) : _asking;
    }
}
