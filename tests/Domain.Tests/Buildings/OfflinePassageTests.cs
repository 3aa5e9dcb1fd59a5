using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>What a gate decided by itself is written down as it was.</summary>
[Trait("Rule", "O3")]
public sealed class OfflinePassageTests
{
    private static readonly Instant Now = Given.Morning;

    private readonly BuildingState _building = Given.Building();

    [Fact]
    public void It_is_recorded_as_the_gate_decided_whatever_the_building_would_have_said()
    {
        _building.Pass(Given.ModeChange(BuildingMode.Lockdown, operation: 2), Now);

        var passage = _building.Merge(Given.OfflinePassage(Direction.In, Now - Duration.FromHours(1)) with { Outcome = PassageOutcome.AdmittedFlagged, Flag = PassageFlag.AlreadyInside }, Now);

        passage.ShouldSatisfyAllConditions(
            () => passage.Kind.ShouldBe(PassageKind.Tap),
            () => passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged),
            () => passage.Flag.ShouldBe(PassageFlag.AlreadyInside),
            () => passage.Direction.ShouldBe(Direction.In),
            () => passage.Account.ShouldBe(Given.Number),
            () => passage.Device.ShouldBe(Given.Gate),
            () => passage.EventAt.ShouldBe(Now - Duration.FromHours(1)),
            () => passage.RecordedAt.ShouldBe(Now),
            () => passage.ModeAfter.ShouldBe(BuildingMode.Lockdown));
        _building.Presence.Since(Given.Number).ShouldBe(Now - Duration.FromHours(1));
    }

    [Fact]
    public void Its_time_is_believed_for_a_month_and_as_far_ahead_as_clocks_may_err()
    {
        Merged(Now - OperationRules.FactAgeMax).ShouldBe(Now - OperationRules.FactAgeMax);
        Merged(Now - OperationRules.FactAgeMax - Duration.FromDays(300)).ShouldBe(Now - OperationRules.FactAgeMax);
        Merged(Now + Duration.FromMinutes(9)).ShouldBe(Now + Duration.FromMinutes(9));
        Merged(Now + Duration.FromHours(9)).ShouldBe(Now + OperationRules.FutureSkewMax);

        Instant Merged(Instant at) => BuildingRules.Decide(_building, Given.OfflinePassage(Direction.In, at), Now).EventAt;
    }

    [Fact]
    public void A_refusal_of_the_gate_lets_nobody_in()
    {
        _building.Merge(Given.OfflinePassage(Direction.In, Now) with { Outcome = PassageOutcome.Refused, Refusal = TapRefusal.CardLost }, Now).Refusal.ShouldBe(TapRefusal.CardLost);

        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P5")]
    public void A_passage_whose_report_came_before_it_annuls_itself()
    {
        var report = _building.Report(Given.GateEvent(GateEventKind.NotPassed, 9, passage: new PassageName(0, Given.Operation())), [], Now);
        (report.Refusal, report.Account, report.Annulment).ShouldBe((TapRefusal.None, null, new Annulment(0, null, Given.Operation())));
        _building.Report(Given.GateEvent(GateEventKind.NotPassed, 8, passage: new PassageName(0, Given.Operation())), [], Now).Refusal.ShouldBe(TapRefusal.AlreadyReported);

        var passage = _building.Merge(Given.OfflinePassage(Direction.In, Now), Now);

        passage.IsAnnulledItself.ShouldBeTrue();
        _building.Presence.Count.ShouldBe(0);
        _building.Presence.IsAwaited(passage.Operation).ShouldBeFalse();
        _building.Report(Given.GateEvent(GateEventKind.NotPassed, 7, passage: new PassageName(0, passage.Operation)), [passage], Now).Refusal.ShouldBe(TapRefusal.AlreadyReported);
    }

    [Fact]
    [Trait("Rule", "P5")]
    public void A_tap_that_comes_after_the_report_of_its_gate_is_not_done_either()
    {
        _building.Report(Given.GateEvent(GateEventKind.NotPassed, 9, passage: new PassageName(0, Given.Operation())), [], Now);

        _building.Pass(Given.Tap(), Given.Card(), Now).Outcome.ShouldBe(PassageOutcome.Admitted);

        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public void It_is_known_by_operation_gate_and_person_however_the_gate_names_them_and_whatever_was_decided()
    {
        var tapped = BuildingRules.Decide(_building, Given.Tap(Direction.Toggle), Given.Card(), Now);
        var byHandle = Given.OfflinePassage(Direction.Out, Now);

        byHandle.IsOf(tapped).ShouldBeTrue();
        (byHandle with { Account = null }).IsOf(tapped).ShouldBeTrue();
        (byHandle with { Account = AccountNumber.FromSerial(5), Token = Given.Token() }).IsOf(tapped).ShouldBeTrue("the card is another's by now");
        (byHandle with { Account = AccountNumber.FromSerial(5) }).IsOf(tapped).ShouldBeFalse();
        (byHandle with { Device = new DeviceId(9) }).IsOf(tapped).ShouldBeFalse();
        (byHandle with { Operation = Given.Operation(7) }).IsOf(tapped).ShouldBeFalse();
        byHandle.IsOf(tapped with { Kind = PassageKind.ManualAdmission }).ShouldBeFalse();
        (byHandle with { Token = Given.Token() }).Fingerprint.ShouldBe(byHandle.Fingerprint);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public void A_tap_that_comes_after_its_upload_is_known_and_another_tap_is_not()
    {
        var uploaded = BuildingRules.Decide(_building, Given.OfflinePassage(Direction.In, Now), Now);
        var tapped = BuildingRules.Decide(_building, Given.Tap(Direction.Out), Given.Card(), Now);

        Given.Tap(Direction.Toggle).IsUploaded(uploaded, Given.Card()).ShouldBeTrue();
        Given.Tap(Direction.Toggle).IsUploaded(uploaded, Given.Card(serial: 5)).ShouldBeFalse();
        Given.Tap(Direction.In).IsUploaded(tapped, Given.Card()).ShouldBeFalse("the same operation for something else");
    }

    [Theory]
    [InlineData(PassageOutcome.Admitted, Direction.In, PassageOutcome.Admitted, Direction.In, false, false)]
    [InlineData(PassageOutcome.AdmittedFlagged, Direction.In, PassageOutcome.Admitted, Direction.In, false, false)]
    [InlineData(PassageOutcome.Refused, Direction.In, PassageOutcome.Refused, Direction.Out, false, false)]
    [InlineData(PassageOutcome.Admitted, Direction.Out, PassageOutcome.Admitted, Direction.In, true, true)]
    [InlineData(PassageOutcome.Refused, Direction.In, PassageOutcome.Admitted, Direction.In, true, false)]
    [InlineData(PassageOutcome.Admitted, Direction.In, PassageOutcome.Refused, Direction.In, false, true)]
    public void What_the_gate_did_counts_when_it_was_decided_here_otherwise_and_the_answer_was_lost(
        PassageOutcome did, Direction way, PassageOutcome decided, Direction direction, bool isUndone, bool isDone)
    {
        var fact = Given.OfflinePassage(way, Now) with { Outcome = did };
        var known = new BuildingAnswer { Seq = 4, Outcome = decided, Direction = direction };

        var correction = Correction.Of(fact, known);

        (correction?.Undone is not null, correction?.Done is not null).ShouldBe((isUndone, isDone));
        if (correction?.Undone is { } undone) undone.Passage.ShouldBe(new PassageName(4, fact.Operation));
        if (correction?.Done is { } done) (done with { Operation = fact.Operation }).ShouldBe(fact);
        if (correction is { Undone: { } one, Done: { } other }) one.Operation.ShouldNotBe(other.Operation);
    }
}
