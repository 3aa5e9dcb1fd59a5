using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

public sealed class SafetyTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly AccountNumber Guard = AccountNumber.FromSerial(77);
    private static readonly DeviceId Panel = new(901);
    private static readonly RoleNames Heads = RoleNames.Of("head", "deputy");

    [Fact]
    [Trait("Rule", "S1")]
    public void Who_changed_the_mode_and_why_and_since_when_is_known_until_it_changes_again()
    {
        var building = Given.Building();

        var passage = building.Pass(Asked(BuildingMode.Evacuation), Now);

        (passage.Outcome, passage.ModeAfter, passage.Vouching).ShouldBe((PassageOutcome.Admitted, BuildingMode.Evacuation, new Vouching(Guard, "Smoke")));
        building.InMode.ShouldBe(new ModePeriod(1, passage.EventAt, Guard, default, "Smoke"));
        building.Pass(Asked(BuildingMode.Evacuation) with { Vouching = new Vouching(null, "Detector 7"), Device = Panel }, Now + Duration.FromSeconds(5)).Outcome.ShouldBe(PassageOutcome.Admitted);
        building.InMode.ShouldNotBeNull().Seq.ShouldBe(1, "it is the same evacuation");
        building.Pass(Ending(BuildingMode.Evacuation), Now).ModeAfter.ShouldBe(BuildingMode.Normal);
        building.InMode.ShouldNotBeNull().Seq.ShouldBe(3);
    }

    [Theory]
    [InlineData(BuildingMode.Evacuation)]
    [InlineData(BuildingMode.Lockdown)]
    [Trait("Rule", "S1")]
    public void Whose_card_is_not_that_of_an_employee_who_may_starts_nothing_and_it_is_recorded(BuildingMode mode)
    {
        var building = Given.Building();

        var passage = building.Pass(Asked(mode) with { Vouching = new Vouching(null, "For fun") }, Now);

        (passage.Outcome, passage.Refusal, passage.ModeAfter, passage.Vouching).ShouldBe(
            (PassageOutcome.Refused, TapRefusal.EmployeeNotAllowed, BuildingMode.Normal, new Vouching(null, "For fun")));
        building.Mode.ShouldBe(BuildingMode.Normal);
        building.InMode.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void A_fire_panel_starts_an_evacuation_and_never_ends_it()
    {
        var building = Given.Building();
        building.Pass(Asked(BuildingMode.Evacuation) with { Vouching = new Vouching(null, "Detector 7"), Device = Panel }, Now).Device.ShouldBe(Panel);

        building.Pass(Ending(BuildingMode.Evacuation) with { Vouching = new Vouching(null, "Reset"), Device = Panel }, Now).Refusal.ShouldBe(TapRefusal.EmployeeNotAllowed);

        building.Mode.ShouldBe(BuildingMode.Evacuation);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void Where_a_building_names_roles_only_they_end_and_everybody_else_still_starts()
    {
        var building = Building(safety: Heads);

        building.Pass(Asked(BuildingMode.Evacuation), Now).Refusal.ShouldBe(TapRefusal.None);
        building.Pass(Ending(BuildingMode.Evacuation), Now).Refusal.ShouldBe(TapRefusal.EmployeeNotAllowed);
        building.Pass(Ending(BuildingMode.Evacuation) with { Roles = RoleNames.Of("teacher") }, Now).Refusal.ShouldBe(TapRefusal.EmployeeNotAllowed);
        building.Mode.ShouldBe(BuildingMode.Evacuation);
        building.Pass(Ending(BuildingMode.Evacuation) with { Roles = RoleNames.Of("teacher", "deputy") }, Now).ModeAfter.ShouldBe(BuildingMode.Normal);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void No_lockdown_begins_while_the_building_is_evacuated_and_an_evacuation_overrides_a_lockdown()
    {
        var building = Given.Building();
        building.Pass(Asked(BuildingMode.Lockdown), Now).ModeAfter.ShouldBe(BuildingMode.Lockdown);
        building.Pass(Asked(BuildingMode.Evacuation), Now).ModeAfter.ShouldBe(BuildingMode.Evacuation);

        building.Pass(Asked(BuildingMode.Lockdown), Now).ShouldSatisfyAllConditions(
            passage => passage.Refusal.ShouldBe(TapRefusal.EvacuationRuns), passage => passage.ModeAfter.ShouldBe(BuildingMode.Evacuation));
        building.Pass(Ending(BuildingMode.Lockdown), Now).Refusal.ShouldBe(TapRefusal.NotInThatMode);

        building.Pass(Ending(BuildingMode.Evacuation), Now).ModeAfter.ShouldBe(BuildingMode.Normal);
        building.Pass(Ending(BuildingMode.Evacuation), Now).Refusal.ShouldBe(TapRefusal.NotInThatMode);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void A_lockdown_lets_in_those_whose_roles_the_building_names_and_nobody_else()
    {
        var building = Building(lockdown: RoleNames.Of("guard", "head"));
        building.Pass(Asked(BuildingMode.Lockdown), Now);

        Enter(RoleNames.Of("head", "teacher")).ShouldBe(TapRefusal.None);
        Enter(RoleNames.Of("teacher")).ShouldBe(TapRefusal.Lockdown);
        Enter(RoleNames.None).ShouldBe(TapRefusal.Lockdown);
        Enter(RoleNames.Of("head"), new AccessRights(new BuildingId(9))).ShouldBe(TapRefusal.NoAccessRight);

        TapRefusal Enter(RoleNames roles, AccessRights? rights = null) => BuildingRules.Decide(building, Given.Tap(), Given.Card(rights: rights) with { Roles = roles }, Now).Refusal;
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void Where_a_building_names_no_role_a_lockdown_lets_nobody_in()
    {
        var building = Given.Building();
        building.Pass(Asked(BuildingMode.Lockdown), Now);

        BuildingRules.Decide(building, Given.Tap(), Given.Card() with { Roles = Heads }, Now).Refusal.ShouldBe(TapRefusal.Lockdown);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void What_happened_before_a_checkpoint_brings_back_the_mode()
    {
        var before = Given.Building();
        Passage[] changes = [before.Pass(Asked(BuildingMode.Lockdown), Now), before.Pass(Asked(BuildingMode.Evacuation), Now), before.Pass(Asked(BuildingMode.Evacuation), Now)];
        var after = BuildingState.From(before.Profile, before.Seq, before.Today, PresenceSnapshot.Empty);

        foreach (var change in changes) BuildingRules.Recall(after, change);

        (after.Mode, after.InMode).ShouldBe((BuildingMode.Evacuation, before.InMode));
        after.InMode.ShouldNotBeNull().Seq.ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void The_same_roles_in_another_order_or_twice_are_the_same()
    {
        RoleNames.Of("b", "a", "b").ShouldBe(RoleNames.Of("a", "b"));
        RoleNames.Parse(RoleNames.Of("b", "a").Text).ShouldBe(RoleNames.Of("a", "b"));
        RoleNames.Parse(null).ShouldBe(RoleNames.None);
        RoleNames.Of().ShouldBe(RoleNames.None);
        RoleNames.None.Overlaps(RoleNames.None).ShouldBeFalse();
        RoleNames.Of("a").Overlaps(RoleNames.Of("ab")).ShouldBeFalse();
    }

    private static BuildingState Building(RoleNames lockdown = default, RoleNames safety = default) =>
        new(new BuildingProfile(Given.School, Given.Zone) { LockdownRoles = lockdown, SafetyRoles = safety });

    private static ModeChange Asked(BuildingMode mode) => Given.ModeChange(mode) with { Vouching = new Vouching(Guard, "Smoke") };

    private static ModeChange Ending(BuildingMode ends) => Asked(BuildingMode.Normal) with { Ends = ends };
}
