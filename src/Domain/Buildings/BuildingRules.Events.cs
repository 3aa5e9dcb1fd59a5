using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Buildings;

/// <summary>What gates report (P5), whom employees admit by hand (P6), and who brings and collects children (P8).</summary>
public static partial class BuildingRules
{
    /// <summary>A gate reports what its sensors saw (P5). A report that names no admitted passage changes nothing, and is a passage to record all the same.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="known">
    /// Of <see cref="GateEventKind.NotPassed"/>: the passage named, what annuls it, and all passages of the same person here that were recorded since <see cref="CountsSince"/>; in any
    /// order, others may be among them. Empty for other kinds.
    /// </param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, GateEvent report, IReadOnlyList<Passage> known, Instant now)
    {
        var recorded = Next(building, report.RecordedAs, report.Operation, report.Fingerprint, report.EventTime, now) with { Device = report.Device, Direction = report.Direction };
        return report.Passage is { } named ? Annul(building, recorded, named, known) : recorded;
    }

    /// <summary>
    /// That nobody walked through, when there is memory alone (O5): where somebody was before is told by the direction and the flag of the passage. What comes of it holds until the journal is back.
    /// </summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="report">What was seen.</param>
    /// <param name="passage">The answer to what is reported.</param>
    /// <param name="now">The server's time.</param>
    public static Passage DecideFromMemory(BuildingState building, GateEvent report, BuildingAnswer passage, Instant now)
    {
        var recorded = Next(building, report.RecordedAs, report.Operation, report.Fingerprint, report.EventTime, now) with { Device = report.Device };
        if (passage.Outcome == PassageOutcome.Refused) return recorded with { Outcome = PassageOutcome.Refused, Refusal = TapRefusal.NobodyAdmitted, Annulment = new Annulment(passage.Seq, null) };
        if (passage.Account is not { } account) return recorded;
        var last = building.Presence.Last(account);
        return recorded with { Account = account, Annulment = new Annulment(passage.Seq, last?.By == report.Passage?.Operation ? Before(passage) : last) };
    }

    private static Whereabouts? Before(BuildingAnswer passage)
    {
        var wasInside = passage.Direction == Direction.Out ? passage.Flag != PassageFlag.NotInside : passage.Flag == PassageFlag.AlreadyInside;
        return wasInside ? new Whereabouts(IsInside: true, passage.EventAt.ToUnixTimeMilliseconds(), default) : null;
    }

    /// <summary>An employee admits a known account without its card (P6). A lockdown holds for it too; for all else the employee answers.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="admission">What is asked for.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, ManualAdmission admission, Instant now)
    {
        var recorded = Next(building, PassageKind.ManualAdmission, admission.Operation, admission.Fingerprint, admission.EventTime, now);
        var isInside = IsInsideToday(building, admission.Account, recorded.EventAt);
        var direction = Lead(admission.Direction, isInside);
        var refusal = Refuse(building, admission, direction);
        var flag = refusal == TapRefusal.None ? Flag(building, direction, isInside) : PassageFlag.None;
        return WithoutAnnulled(building, recorded with
        {
            Account = admission.Account,
            Direction = direction,
            Outcome = OutcomeOf(refusal, flag),
            Flag = flag,
            Refusal = refusal,
            Device = admission.Device,
            Vouching = admission.Vouching,
        });
    }

    /// <summary>An adult brings or collects a child (P8). An evacuation opens gates; it hands no child to anybody who may not have it.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="handOver">What is asked for.</param>
    /// <param name="card">The adult's card; null when nobody registered it.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, HandOver handOver, Card? card, Instant now)
    {
        var recorded = Next(building, PassageKind.HandOver, handOver.Operation, handOver.Fingerprint, handOver.EventTime, now);
        var isInside = IsInsideToday(building, handOver.Child, recorded.EventAt);
        var direction = Lead(handOver.Direction, isInside);
        var refusal = Refuse(building, handOver, card, direction, recorded.EventAt);
        var flag = refusal == TapRefusal.None ? Flag(building, direction, isInside) : PassageFlag.None;
        return WithoutAnnulled(building, recorded with
        {
            Account = handOver.Child,
            Token = handOver.Token,
            Direction = direction,
            Outcome = OutcomeOf(refusal, flag),
            Flag = flag,
            Refusal = refusal,
            Device = handOver.Device,
            Escort = card?.Account,
        });
    }

    /// <summary>A gate has decided by itself (O3): it is written down as it was, and never refused.</summary>
    /// <param name="building">The building as it is.</param>
    /// <param name="fact">What has happened.</param>
    /// <param name="now">The server's time.</param>
    public static Passage Decide(BuildingState building, OfflinePassage fact, Instant now) =>
        WithoutAnnulled(building, Next(building, PassageKind.Tap, fact.Operation, fact.Fingerprint, null, now) with
        {
            EventAt = OperationRules.BoundPassageTime(fact.EventTime, now),
            Account = fact.Account,
            Token = fact.Token,
            Direction = fact.Direction,
            Outcome = fact.Outcome,
            Flag = fact.Flag,
            Refusal = fact.Refusal,
            Device = fact.Device,
        });

    /// <summary>Who came in before that moment is not counted inside any longer, whatever is annulled.</summary>
    public static Instant CountsSince(BuildingState building) => building.Today == LocalDate.MinIsoValue ? NodaConstants.UnixEpoch : Horizon(building.Profile, building.Today);

    private static TapRefusal Refuse(BuildingState building, ManualAdmission admission, Direction direction)
    {
        if (building.Mode == BuildingMode.Lockdown && direction == Direction.In) return TapRefusal.Lockdown;
        // Also while the building is evacuated: who is marked as out is looked for by nobody.
        if (admission.Vouching.By is null) return TapRefusal.EmployeeNotAllowed;
        if (admission.IsAccountClosed && building.Mode != BuildingMode.Evacuation && direction == Direction.In) return TapRefusal.AccountClosed;
        return TapRefusal.None;
    }

    private static TapRefusal Refuse(BuildingState building, HandOver handOver, Card? card, Direction direction, Instant at)
    {
        if (CardRules.Check(card, at) is var fault and not CardRefusal.None) return (TapRefusal)fault;
        if (building.Mode == BuildingMode.Lockdown && direction == Direction.In) return TapRefusal.Lockdown;
        return PickUpRules.Check(handOver.Rights, handOver.Child, direction, Calendars.DayOf(at, building.Profile.ZoneId));
    }

    private static Passage Annul(BuildingState building, Passage recorded, PassageName named, IReadOnlyList<Passage> known)
    {
        var passage = known.FirstOrDefault(one => one.Operation == named.Operation && (named.IsNumberUnknown || one.Seq == named.Seq));
        if (passage is null && named.IsNumberUnknown) return AnnulAhead(building, recorded, named.Operation);
        var refusal = passage is null ? TapRefusal.PassageUnknown
            : !passage.IsPersons || passage.Outcome == PassageOutcome.Refused ? TapRefusal.NobodyAdmitted
            : known.Any(one => Annuls(one, passage.Seq)) ? TapRefusal.AlreadyReported
            : TapRefusal.None;
        if (refusal != TapRefusal.None)
            return recorded with { Outcome = PassageOutcome.Refused, Refusal = refusal, Annulment = new Annulment(passage?.Seq ?? named.Seq, null) };

        var today = LocalDate.Max(building.Today, Calendars.DayOf(recorded.EventAt, building.Profile.ZoneId));
        var last = LastOf([.. known.Where(one => one.Account == passage!.Account && one.Seq != passage.Seq)]);
        return recorded with { Account = passage!.Account, Annulment = new Annulment(passage.Seq, last?.At >= Horizon(building.Profile, today) ? last : null) };
    }

    // The passage is still in its gate's queue, or on another way here.
    private static Passage AnnulAhead(BuildingState building, Passage recorded, OperationId operation) => building.Presence.IsAwaited(operation)
        ? recorded with { Outcome = PassageOutcome.Refused, Refusal = TapRefusal.AlreadyReported, Annulment = new Annulment(0, null) }
        : recorded with { Annulment = new Annulment(0, null, operation) };

    // What somebody did last by the time of the event, and did, decides where they are.
    private static Whereabouts? LastOf(IReadOnlyList<Passage> persons)
    {
        Whereabouts? last = null;
        foreach (var one in persons)
        {
            if (!one.IsPersons || one.Outcome == PassageOutcome.Refused || one.Direction is not { } direction || persons.Any(other => Annuls(other, one.Seq))) continue;
            var seen = Whereabouts.After(direction, one);
            if (last is not { } before || before.CompareTo(seen) <= 0) last = seen;
        }

        return last;
    }

    private static bool Annuls(Passage passage, long seq) => passage.Annulment?.Seq == seq && passage.Outcome != PassageOutcome.Refused;

    private static Passage Next(BuildingState building, PassageKind kind, OperationId operation, Fingerprint fingerprint, Instant? eventTime, Instant now) => new()
    {
        Building = building.Profile.Id,
        Seq = building.Seq + 1,
        Operation = operation,
        Fingerprint = fingerprint,
        Kind = kind,
        ModeAfter = building.Mode,
        EventAt = OperationRules.BoundEventTime(eventTime, now),
        RecordedAt = Instant.Max(OperationRules.ToMillisecond(now), building.RecordedAt),
        MadeUntil = Instant.Max(operation.MadeAt, building.MadeUntil),
    };
}
