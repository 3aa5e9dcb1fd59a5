using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>A building's device has fallen silent, or is there again (S4).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.DeviceNews")]
public sealed record DeviceNews
{
    /// <summary>The name of this one turn of things.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>Which.</summary>
    [Id(1)]
    public required DeviceId Device { get; init; }

    /// <summary>True: nothing is heard of it. False: it is back.</summary>
    [Id(2)]
    public required bool IsSilent { get; init; }

    /// <summary>Since when.</summary>
    [Id(3)]
    public required Instant Since { get; init; }

    /// <summary>How it is recorded.</summary>
    public PassageKind RecordedAs => IsSilent ? PassageKind.DeviceSilent : PassageKind.DeviceBack;

    /// <summary>The digest of what is told, without its time.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[16]);
            builder.Add((long)RecordedAs);
            builder.Add(Device.Value);
            return builder.Build();
        }
    }

    /// <summary>The name of a device's next turn: the same for everybody who finds it due.</summary>
    /// <param name="device">Which.</param>
    /// <param name="turns">How often it has turned before: even while it is taken to be there, odd while it is taken to be silent.</param>
    /// <param name="turnedAt">When it turned last, or said hello for the first time.</param>
    public static OperationId TurnOf(DeviceId device, int turns, Instant turnedAt) =>
        OperationId.Create(turnedAt, 0, (ulong)device.Value).Derive([(long)PassageKind.DeviceSilent, device.Value, turns]);
}
