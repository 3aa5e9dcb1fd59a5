using System.Collections.Concurrent;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Devices;

/// <summary>
/// The registered devices, read once and kept by each silo: a city has some 15,000 and each speaks all day. An entry is
/// read again after <see cref="AgeMax"/>, so a device that was moved or given to another operator, or whose school has another policy of credit, is known as such
/// within that time on every silo.
/// </summary>
public sealed class DeviceDirectory(IJournalReader reader, IClock clock)
{
    /// <summary>How old an entry may be.</summary>
    public static readonly Duration AgeMax = Duration.FromSeconds(30);

    private readonly ConcurrentDictionary<DeviceId, Seen> _devices = new();

    /// <summary>The device; null when nobody registered it.</summary>
    public ValueTask<DeviceRecord?> Find(DeviceId id)
    {
        if (_devices.TryGetValue(id, out var seen) && clock.GetCurrentInstant() - seen.At < AgeMax) return new(seen.Device);
        return Read(id, seen);
    }

    /// <summary>Reads the device again when it is next asked for.</summary>
    public void Forget(DeviceId id) => _devices.TryRemove(id, out _);

    private async ValueTask<DeviceRecord?> Read(DeviceId id, Seen? stale)
    {
        DeviceRecord? device;
        try
        {
            device = await reader.LoadDevice(id);
        }
        catch (JournalUnavailableException) when (stale is not null)
        {
            // Where a device stands does not change because the database is away.
            return stale.Device;
        }

        // Unknown numbers are not kept: a million wrong guesses would fill the memory.
        if (device is null) _devices.TryRemove(id, out _);
        else _devices[id] = new Seen(device, clock.GetCurrentInstant());
        return device;
    }

    private sealed record Seen(DeviceRecord Device, Instant At);
}
