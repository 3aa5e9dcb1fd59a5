using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "P5")]
public sealed class GateEventTests
{
    private static readonly Instant Now = Given.Morning;

    private readonly BuildingState _building = Given.Building();
    private readonly List<Passage> _passages = [];
    private int _operations;

    private Instant? Since => _building.Presence.Since(Given.Number);

    [Fact]
    public void Who_did_not_walk_in_is_not_inside()
    {
        var entry = Tap(Direction.In);

        var report = NotPassed(entry);

        report.ShouldSatisfyAllConditions(
            () => report.Kind.ShouldBe(PassageKind.NotPassed),
            () => report.Refusal.ShouldBe(TapRefusal.None),
            () => report.Account.ShouldBe(Given.Number),
            () => report.Device.ShouldBe(Given.Gate),
            () => report.Seq.ShouldBe(2),
            () => report.Annulment.ShouldBe(new Annulment(entry.Seq, null)));
        Since.ShouldBeNull();
    }

    [Fact]
    public void Who_did_not_walk_out_is_inside_since_before()
    {
        Tap(Direction.In);
        var exit = Tap(Direction.Out, minutes: 5);

        NotPassed(exit, minutes: 6);

        Since.ShouldBe(Now);
    }

    [Fact]
    public void An_entry_that_was_flagged_goes_back_to_the_entry_before()
    {
        Tap(Direction.In);
        var second = Tap(Direction.In, minutes: 5);
        Since.ShouldBe(Now + Duration.FromMinutes(5));

        NotPassed(second);

        Since.ShouldBe(Now);
    }

    [Fact]
    public void A_report_that_comes_after_other_passages_of_the_person_changes_where_they_are_only_when_they_did_nothing_since()
    {
        var entry = Tap(Direction.In);
        Tap(Direction.Out, minutes: 1);
        Tap(Direction.In, minutes: 2);

        NotPassed(entry, minutes: 3);

        Since.ShouldBe(Now + Duration.FromMinutes(2));
    }

    [Fact]
    public void Reports_may_come_in_any_order()
    {
        Tap(Direction.In);
        var exit = Tap(Direction.Out, minutes: 1);
        var entry = Tap(Direction.In, minutes: 2);

        NotPassed(exit, minutes: 3);
        Since.ShouldBe(Now + Duration.FromMinutes(2));
        NotPassed(entry, minutes: 4);

        Since.ShouldBe(Now);
    }

    [Fact]
    public void Another_report_of_the_same_passage_is_refused_and_changes_nothing()
    {
        var entry = Tap(Direction.In);
        NotPassed(entry);
        Tap(Direction.In, minutes: 1);

        var again = NotPassed(entry, minutes: 2);

        (again.Outcome, again.Refusal, again.Account).ShouldBe((PassageOutcome.Refused, TapRefusal.AlreadyReported, null));
        Since.ShouldBe(Now + Duration.FromMinutes(1));
    }

    [Fact]
    public void A_report_counts_for_one_person_alone()
    {
        Tap(Direction.In, serial: 5);
        var entry = Tap(Direction.In);

        NotPassed(entry);

        _building.Presence.Inside.Select(person => person.Key).ShouldBe([AccountNumber.FromSerial(5)]);
    }

    [Fact]
    public void A_passage_of_another_operation_or_of_no_number_is_unknown()
    {
        var entry = Tap(Direction.In);

        Report(new PassageName(entry.Seq, Given.Operation(99))).Refusal.ShouldBe(TapRefusal.PassageUnknown);
        Report(new PassageName(77, entry.Operation)).Refusal.ShouldBe(TapRefusal.PassageUnknown);

        Since.ShouldBe(Now);
    }

    [Fact]
    public void What_let_nobody_through_cannot_have_been_left_undone()
    {
        Tap(Direction.In);
        var refused = Tap(Direction.In, state: CardState.Lost);
        var change = Happened(_building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now));
        var forced = Report(GateEventKind.Forced);

        foreach (var passage in new[] { refused, change, forced }) NotPassed(passage).Refusal.ShouldBe(TapRefusal.NobodyAdmitted);

        Since.ShouldBe(Now);
    }

    [Fact]
    [Trait("Rule", "P6")]
    public void An_admission_by_hand_can_be_left_undone_too()
    {
        var entry = Happened(_building.Pass(Given.ManualAdmission(operation: ++_operations), Now));

        NotPassed(entry).Refusal.ShouldBe(TapRefusal.None);

        Since.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Who_would_not_be_counted_any_longer_is_not_put_back()
    {
        Tap(Direction.In);
        var exit = Tap(Direction.Out, minutes: 1);
        Tap(Direction.In, minutes: 48 * 60, serial: 5);

        NotPassed(exit, minutes: 48 * 60 + 1).Annulment.ShouldBe(new Annulment(exit.Seq, null));

        Since.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void Who_came_yesterday_is_put_back()
    {
        Tap(Direction.In);
        var exit = Tap(Direction.Out, minutes: 24 * 60);

        NotPassed(exit, minutes: 24 * 60 + 1);

        Since.ShouldBe(Now);
    }

    [Theory]
    [InlineData(GateEventKind.Forced, PassageKind.Forced)]
    [InlineData(GateEventKind.HeldOpen, PassageKind.HeldOpen)]
    [InlineData(GateEventKind.Tampered, PassageKind.Tampered)]
    public void What_a_gates_sensors_saw_is_recorded_and_moves_nobody(GateEventKind seen, PassageKind kind)
    {
        Tap(Direction.In);
        Happened(_building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now));

        var passage = Report(seen);

        (passage.Kind, passage.Account, passage.Token, passage.ModeAfter, passage.Outcome).ShouldBe((kind, null, null, BuildingMode.Lockdown, PassageOutcome.Admitted));
        _building.Seq.ShouldBe(passage.Seq);
        _building.Mode.ShouldBe(BuildingMode.Lockdown);
        Since.ShouldBe(Now);
    }

    [Fact]
    public void Where_a_forced_passage_led_is_kept_and_nobody_enters_by_it()
    {
        Happened(_building.Report(Given.GateEvent(GateEventKind.Forced, direction: Direction.In), _passages, Now)).Direction.ShouldBe(Direction.In);

        _building.Presence.Count.ShouldBe(0);
    }

    private Passage Tap(Direction direction, int minutes = 0, long serial = 4_021_337, CardState state = CardState.Active) =>
        Happened(_building.Pass(Given.Tap(direction, operation: ++_operations), Given.Card(state, serial: serial), Now + Duration.FromMinutes(minutes)));

    private Passage NotPassed(Passage passage, int minutes = 0) => Report(new PassageName(passage.Seq, passage.Operation), minutes);

    private Passage Report(PassageName passage, int minutes = 0) =>
        Happened(_building.Report(Given.GateEvent(GateEventKind.NotPassed, ++_operations, passage: passage), _passages, Now + Duration.FromMinutes(minutes)));

    private Passage Report(GateEventKind kind) => Happened(_building.Report(Given.GateEvent(kind, ++_operations), _passages, Now));

    private Passage Happened(Passage passage)
    {
        _passages.Add(passage);
        return passage;
    }
}
