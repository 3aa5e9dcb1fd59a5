namespace Zvonok.Domain.Buildings;

/// <summary>Evacuation and lockdown (S1, S3).</summary>
public static partial class BuildingRules
{
    /// <summary>Decides a change of mode. Every employee who may be there, and the building's own devices, start an evacuation, also when one runs; fewer end it.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="change">What is asked for.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, ModeChange change, Instant now)
    {
        var recorded = Next(building, PassageKind.ModeChange, change.Operation, change.Fingerprint, change.EventTime, now) with { Device = change.Device, Vouching = change.Vouching };
        return Refuse(building, change) is var refusal and not TapRefusal.None
            ? recorded with { Outcome = PassageOutcome.Refused, Refusal = refusal }
            : recorded with { ModeAfter = change.Mode };
    }

    /// <summary>The building as far as older passages than those of its checkpoint make it: its mode, and who was found.</summary>
    /// <param name="building">Of the checkpoint.</param>
    /// <param name="passage">A change of mode or a found mark up to the checkpoint, no refusal; the oldest first.</param>
    public static void Recall(BuildingState building, Passage passage)
    {
        TurnTo(building, passage.ModeAfter, passage);
        if (passage.Kind == PassageKind.FoundMark) building.RollCall.Mark(passage);
    }

    private static TapRefusal Refuse(BuildingState building, ModeChange change)
    {
        if (!MayAsk(building, change)) return TapRefusal.EmployeeNotAllowed;
        if (change.Mode == BuildingMode.Lockdown && building.Mode == BuildingMode.Evacuation) return TapRefusal.EvacuationRuns;
        return change.Ends is { } ends && ends != building.Mode ? TapRefusal.NotInThatMode : TapRefusal.None;
    }

    private static bool MayAsk(BuildingState building, ModeChange change)
    {
        if (change.Vouching is not { } vouching) return true;
        // A device starts an evacuation; it never ends anything.
        if (change.Ends is null) return vouching.By is not null || change.Device != default;
        return vouching.By is not null && (building.Profile.SafetyRoles.IsEmpty || change.Roles.Overlaps(building.Profile.SafetyRoles));
    }

    private static void TurnTo(BuildingState building, BuildingMode mode, Passage passage)
    {
        if (mode == building.Mode) return;
        building.Mode = mode;
        building.InMode = ModePeriod.From(passage);
        if (mode == BuildingMode.Evacuation) building.RollCall.Begin();
    }
}
