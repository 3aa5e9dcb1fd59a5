using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Alarms;

/// <summary>What an alarm is about (S4). Stored: never renumbered.</summary>
public enum AlarmKind : short
{
    /// <summary>A building is evacuated (S1).</summary>
    Evacuation = 1,

    /// <summary>A building is locked down (S3).</summary>
    Lockdown = 2,

    /// <summary>Somebody passed whom nobody had admitted (P5).</summary>
    Forced = 3,

    /// <summary>Somebody has tampered with a gate (P5).</summary>
    Tampered = 4,

    /// <summary>A gate was kept open (P5): a warning.</summary>
    HeldOpen = 5,

    /// <summary>A device that was connected is silent.</summary>
    DeviceSilent = 6,
}

/// <summary>A passage record that the alarm centre has to know of (S4). Raised once; it is sent until somebody acknowledges it.</summary>
public sealed record Alarm
{
    /// <summary>Where.</summary>
    public required BuildingId Building { get; init; }

    /// <summary>The passage record's number in its building: with the building it is the alarm's name.</summary>
    public required long Seq { get; init; }

    /// <summary>What it is about.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>The device that it came from; 0 when none did.</summary>
    public DeviceId Device { get; init; }

    /// <summary>The employee who asked for it; null when none did.</summary>
    public AccountNumber? By { get; init; }

    /// <summary>Why, as was said; empty when nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it happened.</summary>
    public required Instant EventAt { get; init; }

    /// <summary>When it was recorded: escalation counts from here.</summary>
    public required Instant RecordedAt { get; init; }

    /// <summary>How often it was sent, or tried to.</summary>
    public int Tries { get; init; }

    /// <summary>When an alarm centre has first taken it; null when none has yet.</summary>
    public Instant? ReceivedAt { get; init; }

    /// <summary>Who has acknowledged it, and when; null when nobody has.</summary>
    public Acknowledgement? Acknowledgement { get; init; }

    /// <summary>True for what deserves a look, and no more.</summary>
    public bool IsWarning => Kind == AlarmKind.HeldOpen;
}

/// <summary>Somebody has seen an alarm: it is sent no more (S4).</summary>
/// <param name="At">When.</param>
/// <param name="By">The employee; null for the alarm centre.</param>
/// <param name="Note">What they say; empty for nothing.</param>
public sealed record Acknowledgement(Instant At, AccountNumber? By, string Note);
