using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>
/// What a gate decided by itself and uploads (O2, O3): it has happened, so nothing about it is decided here. It may be a tap that was sent before under the same operation id and never answered.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.OfflinePassage")]
public sealed record OfflinePassage
{
    // Beside the kinds of passages that commands ask for: what a gate did is something else than what it asks for.
    private const long FingerprintKind = 1_001;

    /// <summary>The client's name for it: that of the tap, when it was sent as one before.</summary>
    [Id(0)]
    public required OperationId Operation { get; init; }

    /// <summary>The gate.</summary>
    [Id(1)]
    public required DeviceId Device { get; init; }

    /// <summary>Whose card it was; null for a card that nobody knows.</summary>
    [Id(2)]
    public AccountNumber? Account { get; init; }

    /// <summary>The card; null when the gate named the person, or nobody.</summary>
    [Id(3)]
    public CardToken? Token { get; init; }

    /// <summary>In or out.</summary>
    [Id(4)]
    public required Direction Direction { get; init; }

    /// <summary>What the gate did.</summary>
    [Id(5)]
    public required PassageOutcome Outcome { get; init; }

    /// <summary>Why it was worth a look.</summary>
    [Id(6)]
    public PassageFlag Flag { get; init; }

    /// <summary>Why the gate stayed shut.</summary>
    [Id(7)]
    public TapRefusal Refusal { get; init; }

    /// <summary>The device's time.</summary>
    [Id(8)]
    public required Instant EventTime { get; init; }

    /// <summary>The digest of what was done, without the event's time and the card: whether the gate names the card or the person, it is the same.</summary>
    public Fingerprint Fingerprint => FingerprintOf(Device, Account, Direction, Outcome);

    /// <summary>
    /// True when a recorded passage is of this very tap: the same person at the same gate under the same operation id, which was sent before and decided here. What came of it here may differ.
    /// </summary>
    public bool IsOf(Passage recorded) => recorded.Kind == PassageKind.Tap && recorded.Operation == Operation && recorded.Device == Device
        && (Account is null || recorded.Account == Account || Token is not null && recorded.Token == Token);

    /// <summary>True when a recorded passage was uploaded.</summary>
    internal static bool IsRecordedAs(Passage recorded) => recorded is { Kind: PassageKind.Tap, Direction: { } direction }
        && recorded.Fingerprint == FingerprintOf(recorded.Device, recorded.Account, direction, recorded.Outcome);

    private static Fingerprint FingerprintOf(DeviceId device, AccountNumber? account, Direction direction, PassageOutcome outcome)
    {
        var builder = new FingerprintBuilder(stackalloc byte[40]);
        builder.Add(FingerprintKind);
        builder.Add(device.Value);
        builder.Add((long)direction);
        builder.Add((long)outcome);
        builder.Add(account?.Value ?? 0);
        return builder.Build();
    }
}

/// <summary>What is still to be written of an uploaded passage whose tap was decided here otherwise, and whose answer its gate never heard (O3).</summary>
/// <param name="Undone">The report that what was decided here did not take place; null when nobody was let through by it.</param>
/// <param name="Done">What took place instead, under an id of its own; null when nobody walked through.</param>
public sealed record Correction(GateEvent? Undone, OfflinePassage? Done)
{
    /// <summary>Null when the gate did what was decided here.</summary>
    /// <param name="fact">What the gate did.</param>
    /// <param name="known">What is recorded of its operation.</param>
    public static Correction? Of(OfflinePassage fact, BuildingAnswer known)
    {
        var (did, decided) = (fact.Outcome != PassageOutcome.Refused, known.Outcome != PassageOutcome.Refused);
        if (did == decided && (!did || fact.Direction == known.Direction)) return null;
        return new Correction(
            decided ? new GateEvent { Operation = Named(PassageKind.NotPassed), Kind = GateEventKind.NotPassed, Device = fact.Device, Passage = new PassageName(known.Seq, fact.Operation), EventTime = fact.EventTime } : null,
            did ? fact with { Operation = Named(PassageKind.Tap) } : null);

        OperationId Named(PassageKind kind) => fact.Operation.Derive([(long)kind]);
    }
}
