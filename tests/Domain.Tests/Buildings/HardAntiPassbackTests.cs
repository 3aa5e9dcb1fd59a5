using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "P3")]
public sealed class HardAntiPassbackTests
{
    private static readonly Instant Now = Given.Morning;

    public static TheoryData<AccountKind> Adults => [AccountKind.Employee, AccountKind.Visitor];

    public static TheoryData<AccountKind> Children => [.. Enum.GetValues<AccountKind>().Except([AccountKind.Employee, AccountKind.Visitor])];

    [Theory, MemberData(nameof(Adults))]
    public void An_adult_who_is_inside_is_not_let_in_again_where_the_building_asks_for_it(AccountKind kind)
    {
        var building = Building(isHard: true);
        Tap(building, kind).Outcome.ShouldBe(PassageOutcome.Admitted);

        var second = Tap(building, kind, minutes: 1);

        (second.Outcome, second.Refusal, second.Flag).ShouldBe((PassageOutcome.Refused, TapRefusal.AlreadyInside, PassageFlag.None));
        building.Presence.Since(Given.Number).ShouldBe(Now);
        Tap(building, kind, Direction.Out, 2).Outcome.ShouldBe(PassageOutcome.Admitted);
        Tap(building, kind, minutes: 3).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Theory, MemberData(nameof(Adults))]
    public void Elsewhere_it_is_flagged_only(AccountKind kind)
    {
        var building = Building(isHard: false);
        Tap(building, kind);

        Tap(building, kind, minutes: 1).Flag.ShouldBe(PassageFlag.AlreadyInside);
    }

    [Theory, MemberData(nameof(Children))]
    public void A_child_is_let_in_and_flagged_everywhere(AccountKind kind)
    {
        var building = Building(isHard: true);
        Tap(building, kind);

        Tap(building, kind, minutes: 1).ShouldSatisfyAllConditions(
            passage => passage.Flag.ShouldBe(PassageFlag.AlreadyInside), passage => passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged));
    }

    [Fact]
    public void Who_is_not_known_to_be_an_adult_is_taken_for_a_child()
    {
        var building = Building(isHard: true);
        Tap(building, null);

        Tap(building, null, minutes: 1).Outcome.ShouldBe(PassageOutcome.AdmittedFlagged);
    }

    [Theory, MemberData(nameof(Adults))]
    public void Who_goes_out_without_having_come_in_is_flagged_only(AccountKind kind) =>
        Tap(Building(isHard: true), kind, Direction.Out).Flag.ShouldBe(PassageFlag.NotInside);

    [Theory, MemberData(nameof(Adults))]
    public void With_the_next_calendar_day_of_the_building_everybody_may_come_in(AccountKind kind)
    {
        var building = Building(isHard: true);
        Tap(building, kind);

        // 23:59 and midnight in Moscow.
        Tap(building, kind, minutes: 14 * 60 + 59).Refusal.ShouldBe(TapRefusal.AlreadyInside);
        Tap(building, kind, minutes: 15 * 60).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_reader_that_does_not_know_lets_out_who_is_inside()
    {
        var building = Building(isHard: true);
        Tap(building, AccountKind.Employee, Direction.Toggle).Direction.ShouldBe(Direction.In);
        Tap(building, AccountKind.Employee, Direction.Toggle).Direction.ShouldBe(Direction.Out);
    }

    [Fact]
    [Trait("Rule", "P5")]
    [Trait("Rule", "P6")]
    public void Who_did_not_walk_through_may_try_again_and_an_employee_lets_in_whose_exit_was_missed()
    {
        var building = Building(isHard: true);
        var entry = Tap(building, AccountKind.Visitor);
        building.Report(Given.GateEvent(GateEventKind.NotPassed, passage: new PassageName(entry.Seq, entry.Operation)), [entry], Now);
        Tap(building, AccountKind.Visitor).Outcome.ShouldBe(PassageOutcome.Admitted);

        building.Pass(Given.ManualAdmission(), Now).Flag.ShouldBe(PassageFlag.AlreadyInside);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void In_an_evacuation_everybody_passes()
    {
        var building = Building(isHard: true);
        Tap(building, AccountKind.Employee);
        building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);

        Tap(building, AccountKind.Employee).Flag.ShouldBe(PassageFlag.Evacuation);
    }

    [Fact]
    [Trait("Rule", "P1")]
    [Trait("Rule", "P4")]
    public void A_missing_right_and_a_lockdown_come_first()
    {
        var building = Building(isHard: true);
        var elsewhere = Given.Card(rights: new AccessRights(new BuildingId(9))) with { Holder = AccountKind.Employee };
        Tap(building, AccountKind.Employee);

        building.Pass(Given.Tap(), elsewhere, Now).Refusal.ShouldBe(TapRefusal.NoAccessRight);
        building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);
        Tap(building, AccountKind.Employee).Refusal.ShouldBe(TapRefusal.Lockdown);
    }

    private static BuildingState Building(bool isHard) => new(new BuildingProfile(Given.School, Given.Zone) { HasHardAntiPassback = isHard });

    private static Passage Tap(BuildingState building, AccountKind? kind, Direction direction = Direction.In, int minutes = 0) =>
        building.Pass(Given.Tap(direction), Given.Card() with { Holder = kind }, Now + Duration.FromMinutes(minutes));
}
