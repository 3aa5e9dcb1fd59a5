using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Connections;

/// <summary>Checks of what devices say about themselves.</summary>
internal static class HelloShape
{
    /// <summary>Numbers of devices, each once.</summary>
    public static List<DeviceId> Ids(IReadOnlyList<int> ids, string field)
    {
        if (ids.Count > ConnectionOptions.DevicesMax) Check.Fail(field, $"{ConnectionOptions.DevicesMax} devices at most");
        var read = new List<DeviceId>(ids.Count);
        for (var i = 0; i < ids.Count; i++)
        {
            var id = new DeviceId(Check.Id(ids[i], $"{field}[{i}]"));
            if (read.Contains(id)) Check.Fail($"{field}[{i}]", "another one: this device is there already");
            read.Add(id);
        }

        return read;
    }

    public static long Queued(long facts) => facts is >= 0 and <= ConnectionOptions.QueuedFactsMax
        ? facts
        : throw Check.Bad("queued_facts", $"the number of facts that wait to be uploaded, 0 to {ConnectionOptions.QueuedFactsMax}");

    /// <summary>The list that a device has; null when it wants none.</summary>
    public static ListHeld? List(uint keyId, long version)
    {
        if (version < 0) Check.Fail("list_version", "the version of the list that is there, or 0 for none");
        if (keyId == 0 && version > 0) Check.Fail("list_key_id", "the id of the list key of the list that is there");
        return keyId == 0 ? null : new ListHeld(keyId, version);
    }

    /// <summary>Where a device stands that is of one of these kinds.</summary>
    public static BuildingId BuildingOf(DeviceRecord? device, DeviceId id, string field, params ReadOnlySpan<DeviceKind> kinds)
    {
        if (device is null) throw new NotFoundException($"{field}: device {id} is not registered: import it first.");
        return kinds.Contains(device.Device.Kind) ? device.Device.Building : throw new BadFieldException(field, $"device {id} is registered as a {device.Device.Kind}: should be a {kinds[0]}.");
    }
}
