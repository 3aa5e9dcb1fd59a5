using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>What a gate reports beside taps (P5). Sent: never renumbered.</summary>
public enum GateEventKind
{
    /// <inheritdoc cref="PassageKind.NotPassed"/>
    NotPassed = 1,

    /// <inheritdoc cref="PassageKind.Forced"/>
    Forced = 2,

    /// <inheritdoc cref="PassageKind.HeldOpen"/>
    HeldOpen = 3,

    /// <inheritdoc cref="PassageKind.Tampered"/>
    Tampered = 4,
}

/// <summary>A gate reports what its sensors saw (P5).</summary>
[GenerateSerializer, Immutable, Alias("zvonok.GateEvent")]
public sealed record GateEvent
{
    // The two enumerations name the same things in the same order; the records have others before them.
    private const int Shift = (int)PassageKind.NotPassed - (int)GateEventKind.NotPassed;

    /// <summary>The client's name for it.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>What was seen.</summary>
    [Id(1)]
    public required GateEventKind Kind { get; init; }

    /// <summary>The gate.</summary>
    [Id(2)]
    public required DeviceId Device { get; init; }

    /// <summary>Of <see cref="GateEventKind.NotPassed"/>: the passage that did not take place; null for all others.</summary>
    [Id(3)]
    public PassageName? Passage { get; init; }

    /// <summary>Of <see cref="GateEventKind.Forced"/>: in or out, when the sensor can tell; null otherwise.</summary>
    [Id(4)]
    public Direction? Direction { get; init; }

    /// <summary>The device's time; null when it has none.</summary>
    [Id(5)]
    public Instant? EventTime { get; init; }

    /// <summary>How it is recorded.</summary>
    public PassageKind RecordedAs => (PassageKind)((int)Kind + Shift);

    /// <summary>What a recorded report was.</summary>
    public static GateEventKind KindOf(PassageKind recorded) => (GateEventKind)((int)recorded - Shift);

    /// <summary>The digest of what is asked for, without the event's time.</summary>
    public Fingerprint Fingerprint
    {
        get
        {
            Span<byte> passage = stackalloc byte[16];
            (Passage?.Operation ?? default).ToGuid().TryWriteBytes(passage);
            var builder = new FingerprintBuilder(stackalloc byte[48]);
            builder.Add((long)RecordedAs);
            builder.Add(Device.Value);
            builder.Add((long)(Direction ?? default));
            builder.Add(Passage?.Seq ?? 0);
            builder.Add(BitConverter.ToInt64(passage));
            builder.Add(BitConverter.ToInt64(passage[8..]));
            return builder.Build();
        }
    }
}

/// <summary>A passage as its device knows it: by the answer that it got. Both, so that a mistyped number annuls nobody else's passage.</summary>
/// <param name="Seq">The number; 0 for a passage that was decided without us, and has no number at its gate.</param>
/// <param name="Operation">The operation that made it.</param>
[GenerateSerializer, Immutable, Alias("zvonok.PassageName")]
public sealed record PassageName([property: Id(0)] long Seq, [property: Id(1)] OperationId Operation)
{
    /// <summary>True when the operation alone names it.</summary>
    public bool IsNumberUnknown => Seq == 0;
}
