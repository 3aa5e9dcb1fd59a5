using Zvonok.Api.Hosting;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Gate;

/// <summary>What requests of gates have in common.</summary>
internal static class GateShape
{
    /// <summary>Where the gate stands.</summary>
    public static BuildingId BuildingOf(DeviceRecord? gate, int id) => gate?.Device switch
    {
        null => throw NotFoundException.Device(id),
        { Kind: not DeviceKind.Gate } => throw new BadFieldException("device_id", $"device {id} is registered as another kind of device: taps come from gates."),
        var device => device.Building,
    };
}
