using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>A card is presented to a gate (P1).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Tap")]
public sealed record Tap
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The card.</summary>
    [Id(1)]
    public required CardToken Token { get; init; }

    /// <summary>The gate.</summary>
    [Id(2)]
    public required DeviceId Device { get; init; }

    /// <summary>The gate's building.</summary>
    [Id(3)]
    public required BuildingId Building { get; init; }

    /// <summary>Where the reader leads.</summary>
    [Id(4)]
    public required Direction Direction { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(5)]
    public Instant? EventTime { get; init; }

    /// <summary>The digest of what is asked for, without the event's time.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            Span<byte> token = stackalloc byte[16];
            Token.Value.TryWriteBytes(token);
            var builder = new FingerprintBuilder(stackalloc byte[40]);
            builder.Add((long)PassageKind.Tap);
            builder.Add(Device.Value);
            builder.Add((long)Direction);
            builder.Add(BitConverter.ToInt64(token));
            builder.Add(BitConverter.ToInt64(token[8..]));
            return builder.Build();
        }
    }

    /// <summary>True when a recorded passage is of this very tap, decided by the gate itself and uploaded before the tap came here (O3).</summary>
    /// <param name="recorded">What is recorded of its operation.</param>
    /// <param name="card">The card; null when nobody registered it.</param>
    public bool IsUploaded(Passage recorded, Card? card) => recorded.Operation == Operation && recorded.Device == Device && OfflinePassage.IsRecordedAs(recorded)
        && (recorded.Account is null || recorded.Account == card?.Account);
}

/// <summary>An authorised person or device changes a building's mode (S1, S3).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.ModeChange")]
public sealed record ModeChange
{
    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The mode to come.</summary>
    [Id(1)]
    public required BuildingMode Mode { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(2)]
    public Instant? EventTime { get; init; }

    /// <summary>The device that asks; 0 when none does.</summary>
    [Id(3)]
    public DeviceId Device { get; init; }

    /// <summary>Who answers for it, and why; null when nobody asked, and a building's own devices found that it is due.</summary>
    [Id(4)]
    public Vouching? Vouching { get; init; }

    /// <summary>What that employee is named to.</summary>
    [Id(5)]
    public RoleNames Roles { get; init; }

    /// <summary>The mode that it ends, which is refused in another one; null when it begins one.</summary>
    [Id(6)]
    public BuildingMode? Ends { get; init; }

    /// <summary>The digest of what is asked for, without the event's time. Who may ask is the server's to say, and may change until a repeat comes.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[32 + Limits.ReasonLengthMax * sizeof(char)]);
            builder.Add((long)PassageKind.ModeChange);
            builder.Add((long)Mode);
            if (Vouching is not { } vouching) return builder.Build();
            builder.Add(Device.Value);
            builder.Add((long)(Ends ?? default));
            builder.Add(vouching.Reason);
            return builder.Build();
        }
    }
}
