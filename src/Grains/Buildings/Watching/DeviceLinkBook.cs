using Microsoft.Extensions.Logging;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// What has become of this silo's streams and is not written yet, the latest of each device: as many as devices at most. It is written a second later, many at a time, so that a storm of
/// connections is a few statements.
/// </summary>
/// <param name="links">Where it is written.</param>
/// <param name="clock">The server's.</param>
/// <param name="seenInterval">After how long the silo says that it lives, when nothing else is to be said.</param>
/// <param name="logger">Tells when it cannot be written.</param>
internal sealed class DeviceLinkBook(IDeviceLinks links, IClock clock, Duration seenInterval, ILogger logger)
{
    private const int BatchMax = 1_000;

    private readonly Guid _hub = Guid.NewGuid();
    private readonly Lock _gate = new();
    private Dictionary<DeviceId, DeviceLink> _waiting = [];
    private Instant _seenAt = Instant.MinValue;

    /// <summary>How many devices' news are not written yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Devices have said hello.</summary>
    /// <returns>When.</returns>
    public Instant Came(IReadOnlyList<DeviceId> devices)
    {
        var now = OperationRules.ToMillisecond(clock.GetCurrentInstant());
        Note(devices, now, null);
        return now;
    }

    /// <summary>The stream is over on which devices had said hello at that time.</summary>
    public void Left(IReadOnlyList<DeviceId> devices, Instant since) => Note(devices, since, OperationRules.ToMillisecond(clock.GetCurrentInstant()));

    /// <summary>Writes all, and that the silo lives. What cannot be written is kept.</summary>
    /// <returns>Gates whose fire input was on when it was last heard of.</returns>
    public async Task<IReadOnlyList<DeviceId>> Save()
    {
        List<DeviceId> fires = [];
        foreach (var batch in Take().Chunk(BatchMax).DefaultIfEmpty([]))
        {
            var now = clock.GetCurrentInstant();
            if (batch.Length == 0 && now - _seenAt < seenInterval) return fires;
            try
            {
                fires.AddRange(await links.Save(_hub, now, batch));
                _seenAt = now;
            }
            catch (JournalUnavailableException exception)
            {
                GiveBack(batch);
                Log.NotSaved(logger, batch.Length, exception.Message);
            }
        }

        return fires;
    }

    private void Note(IReadOnlyList<DeviceId> devices, Instant since, Instant? goneAt)
    {
        lock (_gate)
            foreach (var device in devices) _waiting[device] = new DeviceLink(device, since, goneAt);
    }

    private DeviceLink[] Take()
    {
        lock (_gate)
        {
            var taken = _waiting;
            _waiting = [];
            return [.. taken.Values];
        }
    }

    private void GiveBack(DeviceLink[] batch)
    {
        // What has become of a device meanwhile is later.
        lock (_gate)
            foreach (var link in batch) _waiting.TryAdd(link.Device, link);
    }
}
