using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Buildings;

/// <summary>What a passage record tells of. Stored: never renumbered.</summary>
public enum PassageKind : short
{
    /// <summary>A card was presented to a gate.</summary>
    Tap = 1,

    /// <summary>The building's mode changed.</summary>
    ModeChange = 2,

    /// <summary>The gate reports that nobody walked through after an admission (P5).</summary>
    NotPassed = 3,

    /// <summary>The gate's sensor saw somebody pass whom nobody had admitted (P5).</summary>
    Forced = 4,

    /// <summary>The gate was kept open for longer than a passage takes (P5).</summary>
    HeldOpen = 5,

    /// <summary>Somebody has opened, moved or unplugged the gate's devices (P5).</summary>
    Tampered = 6,

    /// <summary>An employee admitted somebody without their card (P6).</summary>
    ManualAdmission = 7,

    /// <summary>An adult brought or collected a child (P8).</summary>
    HandOver = 8,

    /// <summary>A device that had said hello is connected no longer, and has been for longer than it may (S4).</summary>
    DeviceSilent = 9,

    /// <summary>That device is connected again (S4).</summary>
    DeviceBack = 10,

    /// <summary>An employee says that somebody was found at the assembly point, or takes it back (S2).</summary>
    FoundMark = 11,
}

/// <summary>What the gate does (P1). Stored: never renumbered.</summary>
public enum PassageOutcome : short
{
    /// <summary>It opens.</summary>
    Admitted = 1,

    /// <summary>It opens, and somebody should look at why.</summary>
    AdmittedFlagged = 2,

    /// <summary>It stays shut.</summary>
    Refused = 3,
}

/// <summary>Why an admission is flagged. Stored: never renumbered.</summary>
public enum PassageFlag : short
{
    /// <summary>It is not.</summary>
    None = 0,

    /// <summary>The building is being evacuated (S1).</summary>
    Evacuation = 1,

    /// <summary>In, though inside already (P3).</summary>
    AlreadyInside = 2,

    /// <summary>Out, though no entry of today is known (P3).</summary>
    NotInside = 3,

    /// <summary>A found mark is taken back (S2).</summary>
    TakenBack = 4,
}

/// <summary>
/// Why a gate stays shut, or why its report changes nothing, in order of precedence: the first that applies is told. The first six are those of
/// <see cref="CardRefusal"/>. Stored: never renumbered.
/// </summary>
public enum TapRefusal : short
{
    /// <summary>It opens.</summary>
    None = 0,

    /// <inheritdoc cref="CardRefusal.Unknown"/>
    CardUnknown = 1,

    /// <inheritdoc cref="CardRefusal.Destroyed"/>
    CardDestroyed = 2,

    /// <inheritdoc cref="CardRefusal.Lost"/>
    CardLost = 3,

    /// <inheritdoc cref="CardRefusal.Blocked"/>
    CardBlocked = 4,

    /// <inheritdoc cref="CardRefusal.NotActive"/>
    CardNotActive = 5,

    /// <inheritdoc cref="CardRefusal.Expired"/>
    CardExpired = 6,

    /// <summary>Nobody is let in but those whom the building names (S3).</summary>
    Lockdown = 7,

    /// <summary>The card does not open this building (P4).</summary>
    NoAccessRight = 8,

    /// <summary>A rule of the card keeps it out of this building at this time (P4).</summary>
    AccessDenied = 9,

    /// <summary>The card opens this building, but not at this time (P4).</summary>
    NotAtThisTime = 10,

    /// <summary>A visitor or an employee who came in today and has not gone out, where the building asks for it (P3).</summary>
    AlreadyInside = 11,

    /// <summary>Of a report: no passage of the building has that number and was made by that operation (P5).</summary>
    PassageUnknown = 12,

    /// <summary>Of a report: it is about something that let nobody through (P5).</summary>
    NobodyAdmitted = 13,

    /// <summary>Of a report: it is known already that nobody walked through (P5).</summary>
    AlreadyReported = 14,

    /// <summary>Of an admission by hand and of a change of mode: whoever asks for it is no employee who may there (P6, S1).</summary>
    EmployeeNotAllowed = 15,

    /// <summary>Of an admission by hand: the person's account was closed (P6).</summary>
    AccountClosed = 16,

    /// <summary>Of an adult: nothing ever allowed them to bring, or to collect, that child (P8).</summary>
    NoPickUpRight = 17,

    /// <summary>Of an adult: they must not bring, or collect, that child (P8).</summary>
    PickUpDenied = 18,

    /// <summary>Of an adult: what allows them to is not valid on that day (P8).</summary>
    PickUpExpired = 19,

    /// <summary>Of a lockdown: the building is being evacuated, and nobody is kept from the gates (S3).</summary>
    EvacuationRuns = 20,

    /// <summary>Of the end of an evacuation or a lockdown, and of a found mark: there is none (S1, S2).</summary>
    NotInThatMode = 21,

    /// <summary>Of a found mark: more people are marked already than any building holds (S2).</summary>
    TooManyFound = 22,
}

/// <summary>
/// One immutable record of what a building's gate did, refusals included, or of a change of its mode. The key
/// (building, seq) orders everything about a building and is the fence against a stale writer.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.Passage")]
public sealed record Passage
{
    /// <summary>Which building.</summary>
    [Id(0)]
    public required BuildingId Building { get; init; }

    /// <summary>1, 2, 3 without a gap.</summary>
    [Id(1)]
    public required long Seq { get; init; }

    /// <summary>The operation that made it.</summary>
    [Id(2)]
    public required OperationId Operation { get; init; }

    /// <summary>What the operation asked for.</summary>
    [Id(3)]
    public required Fingerprint Fingerprint { get; init; }

    /// <summary>What it tells of.</summary>
    [Id(4)]
    public required PassageKind Kind { get; init; }

    /// <summary>The building's mode afterwards.</summary>
    [Id(5)]
    public required BuildingMode ModeAfter { get; init; }

    /// <summary>When it happened: the device's time, bounded by the server's.</summary>
    [Id(6)]
    public required Instant EventAt { get; init; }

    /// <summary>When the server recorded it; never earlier than the passage before.</summary>
    [Id(7)]
    public required Instant RecordedAt { get; init; }

    /// <summary>Whom it is about; null for a card that nobody registered, and for what is about nobody.</summary>
    [Id(8)]
    public AccountNumber? Account { get; init; }

    /// <summary>The card; null when none was presented.</summary>
    [Id(9)]
    public CardToken? Token { get; init; }

    /// <summary>In or out; null for what has no direction.</summary>
    [Id(10)]
    public Direction? Direction { get; init; }

    /// <summary>What the gate did.</summary>
    [Id(11)]
    public PassageOutcome Outcome { get; init; } = PassageOutcome.Admitted;

    /// <summary>Why it is worth a look.</summary>
    [Id(12)]
    public PassageFlag Flag { get; init; }

    /// <summary>Why the gate stayed shut.</summary>
    [Id(13)]
    public TapRefusal Refusal { get; init; }

    /// <summary>The gate; 0 when there was none.</summary>
    [Id(14)]
    public DeviceId Device { get; init; }

    /// <summary>
    /// The latest making time of any operation id up to this passage, so that a woken building knows at once which ids it
    /// can never have seen (<see cref="RememberedOperations{TAnswer}"/>).
    /// </summary>
    [Id(15)]
    public Instant MadeUntil { get; init; }

    /// <summary>Of <see cref="PassageKind.NotPassed"/>: the passage that it annuls, and what the presence is without it; of a passage that was reported before it came: itself; null for all others.</summary>
    [Id(16)]
    public Annulment? Annulment { get; init; }

    /// <summary>Of <see cref="PassageKind.ManualAdmission"/>, of a change of mode that was asked for, and of a found mark: who answers for it, and why; null for all others.</summary>
    [Id(17)]
    public Vouching? Vouching { get; init; }

    /// <summary>Of <see cref="PassageKind.HandOver"/>: the adult; null for a card that nobody registered, and for all others.</summary>
    [Id(18)]
    public AccountNumber? Escort { get; init; }

    /// <summary>True for a passage that its gate had reported as not done before it came here (O3): it never counted.</summary>
    public bool IsAnnulledItself => Annulment?.Seq == Seq;

    /// <summary>True for what people do at gates, and can be reported as not done: by a card, without it, or by an adult's hand.</summary>
    public bool IsPersons => Kind is PassageKind.Tap or PassageKind.ManualAdmission or PassageKind.HandOver;
}

/// <summary>Nobody walked through: the passage counts as if it had not been (P5).</summary>
/// <param name="Seq">The passage's number: the own one of a passage whose report came before it (O3); 0 in such a report.</param>
/// <param name="Last">Where the person is without it; null when nothing is known that counts. Written down, so that nothing has to be worked out again.</param>
/// <param name="Awaited">Of a report that came before its passage: the operation that will make it; null for all others.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Annulment")]
public sealed record Annulment([property: Id(0)] long Seq, [property: Id(2)] Whereabouts? Last, [property: Id(3)] OperationId? Awaited = null);

/// <summary>An employee answers for something: that somebody has no card with them (P6), that a building's mode changes (S1), or that somebody was found (S2).</summary>
/// <param name="By">The employee who answers for it; null when whoever asked may not, or is a device.</param>
/// <param name="Reason">Why: 1 to <see cref="Limits.ReasonLengthMax"/> characters; empty for a found mark.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Vouching")]
public sealed record Vouching([property: Id(0)] AccountNumber? By, [property: Id(1)] string Reason);
