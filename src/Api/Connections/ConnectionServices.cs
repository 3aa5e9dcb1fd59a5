using Zvonok.Api.Hosting;
using Zvonok.Api.Lists;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Connections;

/// <summary>What the conversations of all doors use.</summary>
internal sealed class ConnectionServices(Door door, DeviceDirectory devices, BuildingHub hub, UploadPace pace, ListDoor lists, IClock clock)
{
    public BuildingHub Hub => hub;

    public UploadPace Pace => pace;

    public ListDoor Lists => lists;

    public Instant Now => clock.GetCurrentInstant();

    public Task ServerStops => door.ServerStops;

    /// <summary>The devices' records, in their order; null for one that nobody registered.</summary>
    public async ValueTask<DeviceRecord?[]> Find(IReadOnlyList<DeviceId> ids) =>
        ids.Count == 1 ? [await devices.Find(ids[0])] : await Task.WhenAll(ids.Select(id => devices.Find(id).AsTask()));
}
