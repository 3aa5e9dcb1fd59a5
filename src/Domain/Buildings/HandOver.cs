using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>An adult brings or collects a child of a kindergarten by the adult's card (P8). Several children at once are as many of these.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.HandOver")]
public sealed record HandOver
{
    /// <summary>The client's name for it; each child's is derived from the tap's.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The adult's card.</summary>
    [Id(1)]
    public required CardToken Token { get; init; }

    /// <summary>The child: a registered account.</summary>
    [Id(2)]
    public required AccountNumber Child { get; init; }

    /// <summary>The gate.</summary>
    [Id(3)]
    public required DeviceId Device { get; init; }

    /// <summary>In: brought. Out: collected. Toggle: collected when the child came in today, else brought.</summary>
    [Id(4)]
    public required Direction Direction { get; init; }

    /// <summary>What the adult may do; none for a card that nobody registered.</summary>
    [Id(5)]
    public required PickUpRight[] Rights { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(6)]
    public Instant? EventTime { get; init; }

    /// <summary>The digest of what is asked for, without the event's time. What the adult may do is the server's to say, and may change until a repeat comes.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            Span<byte> token = stackalloc byte[16];
            Token.Value.TryWriteBytes(token);
            var builder = new FingerprintBuilder(stackalloc byte[48]);
            builder.Add((long)PassageKind.HandOver);
            builder.Add(Device.Value);
            builder.Add((long)Direction);
            builder.Add(Child.Value);
            builder.Add(BitConverter.ToInt64(token));
            builder.Add(BitConverter.ToInt64(token[8..]));
            return builder.Build();
        }
    }
}
