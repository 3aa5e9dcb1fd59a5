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
}

/// <summary>An authorised person or device changes a building's mode (S1).</summary>
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

    /// <summary>The digest of what is asked for, without the event's time.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            var builder = new FingerprintBuilder(stackalloc byte[16]);
            builder.Add((long)PassageKind.ModeChange);
            builder.Add((long)Mode);
            return builder.Build();
        }
    }
}
