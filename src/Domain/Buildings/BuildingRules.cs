using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Buildings;

/// <summary>Decides passages, modes and what gates report. Pure but for <see cref="Evolve"/>, which changes the presence in place.</summary>
public static partial class BuildingRules
{
    /// <summary>Decides a tap (P1–P4). Every decision, a refusal included, is a passage to record.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="tap">What is asked for.</param>
    /// <param name="card">The card; null when nobody registered it.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, Tap tap, Card? card, Instant now)
    {
        var at = OperationRules.BoundEventTime(tap.EventTime, now);
        var isInside = card is not null && IsInsideToday(building, card.Account, at);
        var direction = Lead(tap.Direction, isInside);
        var refusal = Refuse(building, tap, card, direction, isInside, at);
        var flag = refusal == TapRefusal.None ? Flag(building, direction, isInside) : PassageFlag.None;

        return WithoutAnnulled(building, new Passage
        {
            Building = building.Profile.Id,
            Seq = building.Seq + 1,
            Operation = tap.Operation,
            Fingerprint = tap.Fingerprint,
            Kind = PassageKind.Tap,
            ModeAfter = building.Mode,
            EventAt = at,
            RecordedAt = Instant.Max(OperationRules.ToMillisecond(now), building.RecordedAt),
            MadeUntil = Instant.Max(tap.Operation.MadeAt, building.MadeUntil),
            Account = card?.Account,
            Token = tap.Token,
            Direction = direction,
            Outcome = OutcomeOf(refusal, flag),
            Flag = flag,
            Refusal = refusal,
            Device = tap.Device,
        });
    }

    /// <summary>The building after a passage. Never refuses: it has happened.</summary>
    public static void Evolve(BuildingState building, Passage passage)
    {
        building.Seq = passage.Seq;
        TurnTo(building, passage.ModeAfter, passage);
        building.RecordedAt = passage.RecordedAt;
        building.MadeUntil = passage.MadeUntil;
        TurnTo(building, Calendars.DayOf(passage.EventAt, building.Profile.ZoneId));
        Move(building, passage);
        building.RollCall.Evolve(passage, building.Presence);
    }

    private static void Move(BuildingState building, Passage passage)
    {
        if (passage.Outcome == PassageOutcome.Refused) return;
        if (passage.Annulment is { } annulment) TakeBack(building.Presence, passage, annulment);
        else if (passage is { Account: { } account, Direction: { } direction }) building.Presence.See(account, Whereabouts.After(direction, passage));
    }

    private static void TakeBack(Presence presence, Passage passage, Annulment annulment)
    {
        if (annulment.Awaited is { } awaited) presence.Await(awaited, passage.EventAt);
        else if (passage.IsAnnulledItself) presence.Arrived(passage.Operation);
        else if (passage.Account is { } account) presence.PutBack(account, annulment.Last);
    }

    // Its gate has reported that nobody walked through, and the report was here before it (O3): rare, and no tap pays for it while there is none.
    private static Passage WithoutAnnulled(BuildingState building, Passage passage) =>
        passage.Outcome != PassageOutcome.Refused && building.Presence.IsAwaited(passage.Operation) ? passage with { Annulment = new Annulment(passage.Seq, null) } : passage;

    private static void TurnTo(BuildingState building, LocalDate day)
    {
        if (day <= building.Today) return;
        building.Today = day;
        building.Presence.DropBefore(Horizon(building.Profile, day));
    }

    // Who came in earlier and was never seen leaving is not counted inside any longer on that day.
    private static Instant Horizon(BuildingProfile building, LocalDate day) => Calendars.StartOf(day.PlusDays(1 - Presence.DaysMax), building.ZoneId);

    private static Direction Lead(Direction direction, bool isInside) => direction == Direction.Toggle ? (isInside ? Direction.Out : Direction.In) : direction;

    private static PassageOutcome OutcomeOf(TapRefusal refusal, PassageFlag flag) =>
        refusal != TapRefusal.None ? PassageOutcome.Refused : flag != PassageFlag.None ? PassageOutcome.AdmittedFlagged : PassageOutcome.Admitted;

    private static bool IsInsideToday(BuildingState building, AccountNumber account, Instant at) =>
        building.Presence.Since(account) is { } since &&
        Calendars.DayOf(since, building.Profile.ZoneId) == Calendars.DayOf(at, building.Profile.ZoneId);

    private static TapRefusal Refuse(BuildingState building, Tap tap, Card? card, Direction direction, bool isInside, Instant at)
    {
        if (building.Mode == BuildingMode.Evacuation) return TapRefusal.None;
        if (CardRules.Check(card, at) is var fault and not CardRefusal.None) return (TapRefusal)fault;
        // Whoever is inside may leave: rights and lockdown are about coming in.
        if (direction == Direction.Out) return TapRefusal.None;
        if (building.Mode == BuildingMode.Lockdown && !card!.Roles.Overlaps(building.Profile.LockdownRoles)) return TapRefusal.Lockdown;
        if (Refuse(card!.Rights.Check(tap.Building, at, building.Profile.ZoneId)) is var shut and not TapRefusal.None) return shut;
        return isInside && IsHard(building, card) ? TapRefusal.AlreadyInside : TapRefusal.None;
    }

    // Nobody's child is left outside because a tap was forgotten.
    private static bool IsHard(BuildingState building, Card card) => building.Profile.HasHardAntiPassback && card.Holder is (AccountKind.Employee or AccountKind.Visitor);

    private static TapRefusal Refuse(AccessVerdict verdict) => verdict switch
    {
        AccessVerdict.Allowed => TapRefusal.None,
        AccessVerdict.Denied => TapRefusal.AccessDenied,
        AccessVerdict.NotNow => TapRefusal.NotAtThisTime,
        _ => TapRefusal.NoAccessRight,
    };

    private static PassageFlag Flag(BuildingState building, Direction direction, bool isInside)
    {
        if (building.Mode == BuildingMode.Evacuation) return PassageFlag.Evacuation;
        if (direction == Direction.In && isInside) return PassageFlag.AlreadyInside;
        if (direction == Direction.Out && !isInside) return PassageFlag.NotInside;
        return PassageFlag.None;
    }
}
