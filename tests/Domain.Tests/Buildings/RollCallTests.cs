using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "S2")]
public sealed class RollCallTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountNumber Teacher = AccountNumber.FromSerial(77);

    [Fact]
    public void Those_inside_are_told_by_group_with_the_gate_and_time_of_their_last_entry()
    {
        var building = Given.Building();
        Enter(building, 2, "7-B");
        Enter(building, 1, "7-B", new DeviceId(602));
        Enter(building, 4, null);
        Enter(building, 3, "6-A");
        Enter(building, 5, "6-A");
        building.Pass(Given.Tap(Direction.Out), Card(5, "6-A"), Now);

        building.RollCall.Lines(building.Presence).ShouldBe(
        [
            new(Person(3), "6-A", Now, Given.Gate, null), new(Person(1), "7-B", Now, new DeviceId(602), null), new(Person(2), "7-B", Now, Given.Gate, null), new(Person(4), null, Now, Given.Gate, null),
        ]);
    }

    [Fact]
    public void Who_comes_in_again_is_told_with_the_later_entry()
    {
        var building = Given.Building();
        Enter(building, 1, "7-B");
        var later = Now + Duration.FromMinutes(5);

        building.Pass(Given.Tap() with { Device = new DeviceId(602) }, Card(1, "7-B"), later);

        building.RollCall.Lines(building.Presence).ShouldHaveSingleItem().ShouldBe(new RollCallLine(Person(1), "7-B", later, new DeviceId(602), null));
    }

    [Fact]
    public void A_card_that_does_not_know_its_holder_says_nothing_of_the_group()
    {
        var building = Given.Building();
        Enter(building, 1, "7-B");

        building.RollCall.Learn(Card(1, null) with { Holder = null });

        building.RollCall.Strangers(building.Presence).ShouldBeEmpty();
        building.RollCall.Lines(building.Presence).Single().Group.ShouldBe("7-B");
    }

    [Fact]
    public void Who_came_without_a_card_is_a_stranger_until_the_group_is_learnt()
    {
        var building = Given.Building();
        building.Pass(Given.ManualAdmission(), Now);
        var stranger = building.RollCall.Strangers(building.Presence).ShouldHaveSingleItem();

        building.RollCall.Learn(stranger, "7-B");

        building.RollCall.Strangers(building.Presence).ShouldBeEmpty();
        building.RollCall.Lines(building.Presence).Single().Group.ShouldBe("7-B");
    }

    [Fact]
    public void People_are_marked_as_found_and_the_mark_is_taken_back_and_they_are_inside_all_the_same()
    {
        var building = Evacuated(1, 2);

        var mark = building.Pass(Found(1), Now);

        (mark.Kind, mark.Outcome, mark.Flag, mark.Account, mark.Vouching).ShouldBe((PassageKind.FoundMark, PassageOutcome.Admitted, PassageFlag.None, Person(1), new Vouching(Teacher, "")));
        Marked(building).ShouldBe([Person(1)]);
        building.RollCall.FoundOf(Person(1)).ShouldBe(new FoundMark(mark.EventAt, Teacher));
        building.Presence.Count.ShouldBe(2);
        building.Pass(Found(1) with { IsTakenBack = true }, Now).ShouldSatisfyAllConditions(
            taken => taken.Flag.ShouldBe(PassageFlag.TakenBack), taken => taken.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged));
        Marked(building).ShouldBeEmpty();
        building.Presence.Count.ShouldBe(2);
    }

    [Fact]
    public void Nobody_is_marked_but_during_an_evacuation_and_each_begins_with_nobody_found()
    {
        var building = Evacuated(1);
        building.Pass(Found(1), Now);
        building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);
        Marked(building).ShouldBe([Person(1)], "it is the same evacuation");

        building.Pass(Given.ModeChange(BuildingMode.Normal), Now);
        building.Pass(Found(1), Now).ShouldSatisfyAllConditions(mark => mark.Refusal.ShouldBe(TapRefusal.NotInThatMode), mark => mark.Account.ShouldBeNull());
        building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);

        Marked(building).ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_is_no_employee_who_may_marks_nobody()
    {
        var building = Evacuated(1);

        building.Pass(Found(1) with { By = null }, Now).Refusal.ShouldBe(TapRefusal.EmployeeNotAllowed);

        Marked(building).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void No_more_people_are_marked_than_any_building_holds()
    {
        var building = Evacuated();
        for (var n = 1; n <= Limits.FoundMarksMax; n++) building.Pass(Found(n), Now).Refusal.ShouldBe(TapRefusal.None);

        building.Pass(Found(Limits.FoundMarksMax + 1), Now).Refusal.ShouldBe(TapRefusal.TooManyFound);
    }

    [Fact]
    public void A_checkpoint_and_the_marks_before_it_bring_back_the_same_roll_call()
    {
        var before = Given.Building();
        Enter(before, 1, "7-B");
        Enter(before, 2, null, new DeviceId(602));
        before.Pass(Given.ManualAdmission(), Now);
        Passage[] safety = [before.Pass(Given.ModeChange(BuildingMode.Evacuation), Now), before.Pass(Found(1), Now), before.Pass(Found(2), Now), before.Pass(Found(2) with { IsTakenBack = true }, Now)];
        var after = BuildingState.From(before.Profile, before.Seq, before.Today, before.Presence.Snapshot());

        after.RollCall.Restore(before.RollCall.Note(before.Presence), after.Presence);
        foreach (var passage in safety) BuildingRules.Recall(after, passage);

        after.RollCall.Lines(after.Presence).ShouldBe(before.RollCall.Lines(before.Presence));
        after.RollCall.Strangers(after.Presence).ShouldBe(before.RollCall.Strangers(before.Presence));
        Marked(after).ShouldBe([Person(1)]);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void It_forgets_those_who_have_left()
    {
        var building = Given.Building();
        for (var n = 1; n <= 3_000; n++)
        {
            Enter(building, n, "7-B");
            building.Pass(Given.Tap(Direction.Out), Card(n, "7-B"), Now);
        }

        // A roll call tells of a group only what it knows: who comes back without a card is a stranger again.
        building.Pass(Given.ManualAdmission() with { Account = Person(1) }, Now);
        building.RollCall.Strangers(building.Presence).ShouldBe([Person(1)]);
    }

    private static BuildingState Evacuated(params int[] inside)
    {
        var building = Given.Building();
        foreach (var n in inside) Enter(building, n, "7-B");
        building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);
        return building;
    }

    private static void Enter(BuildingState building, int n, string? group, DeviceId? gate = null)
    {
        building.RollCall.Learn(Card(n, group));
        building.Pass(Given.Tap() with { Device = gate ?? Given.Gate }, Card(n, group), Now);
    }

    private static AccountNumber[] Marked(BuildingState building) => [.. building.RollCall.Lines(building.Presence).Where(line => line.Found is not null).Select(line => line.Account)];

    private static FoundMarking Found(int n) => new() { Operation = Given.Operation(n), Account = Person(n), By = Teacher };

    private static Card Card(int n, string? group) => Given.Card(serial: n) with { Holder = AccountKind.Pupil, Group = group };

    private static AccountNumber Person(int n) => AccountNumber.FromSerial(n);
}
