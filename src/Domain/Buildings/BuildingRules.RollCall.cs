namespace Zvonok.Domain.Buildings;

/// <summary>Who was found at the assembly point (S2).</summary>
public static partial class BuildingRules
{
    /// <summary>An employee marks somebody as found, or takes the mark back. The presence stays as it is: who was found is inside until a gate or an employee says otherwise.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="marking">What is asked for.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, FoundMarking marking, Instant now)
    {
        var refusal = Refuse(building, marking);
        var flag = marking.IsTakenBack && refusal == TapRefusal.None ? PassageFlag.TakenBack : PassageFlag.None;
        return Next(building, PassageKind.FoundMark, marking.Operation, marking.Fingerprint, marking.EventTime, now) with
        {
            // Nobody's history tells of what was not marked.
            Account = refusal == TapRefusal.None ? marking.Account : null,
            Outcome = OutcomeOf(refusal, flag),
            Flag = flag,
            Refusal = refusal,
            Vouching = new Vouching(marking.By, ""),
        };
    }

    private static TapRefusal Refuse(BuildingState building, FoundMarking marking)
    {
        if (marking.By is null) return TapRefusal.EmployeeNotAllowed;
        if (building.Mode != BuildingMode.Evacuation) return TapRefusal.NotInThatMode;
        return building.RollCall.FoundCount >= Limits.FoundMarksMax ? TapRefusal.TooManyFound : TapRefusal.None;
    }
}
