namespace Zvonok.Domain.Buildings;

/// <summary>Everything that decides a building's next passage.</summary>
public sealed class BuildingState
{
    /// <summary>A building without passages.</summary>
    public BuildingState(BuildingProfile profile) => Profile = profile;

    /// <summary>A building as it was after passage <paramref name="seq"/>.</summary>
    public static BuildingState From(BuildingProfile profile, long seq, LocalDate today, PresenceSnapshot presence)
    {
        var state = new BuildingState(profile) { Seq = seq, Today = today };
        state.Presence.Restore(presence, BuildingRules.CountsSince(state));
        return state;
    }

    /// <summary>What it is.</summary>
    public BuildingProfile Profile { get; }

    /// <summary>How its gates behave.</summary>
    public BuildingMode Mode { get; internal set; } = BuildingMode.Normal;

    /// <summary>Since when and through whom; null when it was never changed.</summary>
    public ModePeriod? InMode { get; internal set; }

    /// <summary>The newest passage's number; 0 before the first.</summary>
    public long Seq { get; internal set; }

    /// <summary>When the newest passage was recorded.</summary>
    public Instant RecordedAt { get; internal set; } = Instant.MinValue;

    /// <summary>The latest making time of any operation id among the passages.</summary>
    public Instant MadeUntil { get; internal set; } = Instant.MinValue;

    /// <summary>The latest calendar day of a passage.</summary>
    public LocalDate Today { get; internal set; } = LocalDate.MinIsoValue;

    /// <summary>Who is inside.</summary>
    public Presence Presence { get; } = new();

    /// <summary>What else a roll call tells of them (S2).</summary>
    public RollCall RollCall { get; } = new();
}
