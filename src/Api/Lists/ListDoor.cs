using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Zvonok.Api.Connections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Domain.Lists;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Lists;
using Zvonok.Terminals.V1;

namespace Zvonok.Api.Lists;

/// <summary>Lists' way out to gates, tills and validators (O1): shape, device, list, signature.</summary>
internal sealed class ListDoor(Door door, DeviceDirectory devices, IGrainFactory grains, ListSigner signer, IOptions<ListOptions> options)
{
    // Devices that began together do not stay together.
    private const double SpreadLeast = 0.75;
    private const double SpreadMost = 1.25;

    /// <summary>What brings the device's list to the newest version.</summary>
    /// <param name="device">As its request names it.</param>
    /// <param name="kinds">What it has to be one of; a device has the list for its kind.</param>
    /// <param name="keyId">The list key that it has.</param>
    /// <param name="knownVersion">The version that it has.</param>
    public ValueTask<SignedList> Fetch(int device, DeviceKind[] kinds, uint keyId, long knownVersion) =>
        door.Ask((lists: this, device, kinds, keyId, knownVersion), static way => way.lists.DoFetch(way.device, way.kinds, way.keyId, way.knownVersion));

    /// <summary>When the device should ask again.</summary>
    public TimeSpan NextFetch() => TimeSpan.FromSeconds(options.Value.FetchSeconds) * (SpreadLeast + (SpreadMost - SpreadLeast) * Share());

    /// <summary>What brings a device's list to the newest version, and which that is; null when there is no such key.</summary>
    public ValueTask<(SignedList List, long Version)?> Fetch(BuildingId building, DeviceKind audience, uint keyId, long knownVersion) =>
        door.Ask((lists: this, building, audience, keyId, knownVersion), static way => way.lists.DoFetch(way.building, way.audience, way.keyId, way.knownVersion));

    /// <summary>When a device that connects has its list: devices that come together do not all have it at once.</summary>
    public TimeSpan FirstFetch() => TimeSpan.FromSeconds(options.Value.FetchSeconds) * Share();

    private async ValueTask<(SignedList List, long Version)?> DoFetch(BuildingId building, DeviceKind audience, uint keyId, long knownVersion) =>
        await grains.GetGrain<IListGrain>(building.Value).Fetch(audience, keyId, knownVersion) switch
        {
            null => null,
            { Delta: { } delta } => (SignedLists.Sign(delta, signer), delta.Version),
            var update => (SignedLists.Sign(update.List!, signer), update.List!.Version),
        };

    private static double Share() => RandomNumberGenerator.GetInt32(1_000_000) / 1e6;

    private async ValueTask<SignedList> DoFetch(int id, DeviceKind[] kinds, uint keyId, long knownVersion)
    {
        var device = await devices.Find(new DeviceId(Check.Id(id, "device_id")));
        var building = HelloShape.BuildingOf(device, new DeviceId(id), "device_id", kinds);
        if (knownVersion < 0) Check.Fail("known_version", "the version of the list that is there, or 0 for none");
        var update = await DoFetch(building, device!.Device.Kind, keyId, knownVersion)
            ?? throw new BadFieldException("key_id", "should be the id of a list key in use: give the device the newest key of its building.");
        return update.List;
    }
}
