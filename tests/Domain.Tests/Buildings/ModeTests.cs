using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

public sealed class ModeTests
{
    private static readonly Instant Now = Given.Morning;

    [Theory]
    [InlineData(BuildingMode.Normal)]
    [InlineData(BuildingMode.Evacuation)]
    [InlineData(BuildingMode.Lockdown)]
    [Trait("Rule", "S1")]
    public void A_change_of_mode_is_always_granted_and_recorded(BuildingMode mode)
    {
        var building = Given.Building();
        var change = Given.ModeChange(mode, at: Now - Duration.FromSeconds(1));

        var passage = building.Pass(change, Now);

        passage.ShouldBe(new Passage
        {
            Building = Given.School,
            Seq = 1,
            Operation = change.Operation,
            Fingerprint = change.Fingerprint,
            Kind = PassageKind.ModeChange,
            ModeAfter = mode,
            EventAt = Now - Duration.FromSeconds(1),
            RecordedAt = Now,
            MadeUntil = Given.Morning,
            Outcome = PassageOutcome.Admitted,
        });
        building.Mode.ShouldBe(mode);
        building.Today.ShouldBe(Given.Today);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void A_tap_does_not_end_an_evacuation()
    {
        var building = In(BuildingMode.Evacuation);

        building.Pass(Given.Tap(), Given.Card(), Now).ModeAfter.ShouldBe(BuildingMode.Evacuation);

        building.Mode.ShouldBe(BuildingMode.Evacuation);
        building.Pass(Given.ModeChange(BuildingMode.Normal), Now);
        building.Pass(Given.Tap(Direction.In), Given.Card(serial: 2), Now).Flag.ShouldBe(PassageFlag.None);
    }

    [Theory]
    [InlineData(CardState.Active)]
    [InlineData(CardState.Issued)]
    [InlineData(CardState.Lost)]
    [InlineData(CardState.Blocked)]
    [InlineData(CardState.Returned)]
    [InlineData(CardState.Destroyed)]
    [Trait("Rule", "S1")]
    public void During_an_evacuation_every_card_passes_flagged_and_is_recorded(CardState state)
    {
        var building = In(BuildingMode.Evacuation);
        var card = Given.Card(state, expiresAt: Now, rights: new AccessRights(new BuildingId(9)));

        foreach (var direction in new[] { Direction.In, Direction.Out })
        {
            var passage = building.Pass(Given.Tap(direction), card, Now);
            passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged);
            passage.Flag.ShouldBe(PassageFlag.Evacuation);
            passage.Refusal.ShouldBe(TapRefusal.None);
            building.Presence.Count.ShouldBe(direction == Direction.In ? 1 : 0);
        }
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void During_an_evacuation_a_card_that_nobody_registered_passes_and_counts_as_nobody()
    {
        var building = In(BuildingMode.Evacuation);

        var passage = building.Pass(Given.Tap(), card: null, Now);

        passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged);
        passage.Account.ShouldBeNull();
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void The_evacuation_is_told_before_a_missing_exit()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Now);
        building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);

        building.Pass(Given.Tap(Direction.In), Given.Card(), Now).Flag.ShouldBe(PassageFlag.Evacuation);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void A_lockdown_lets_nobody_in()
    {
        var building = In(BuildingMode.Lockdown);

        building.Pass(Given.Tap(Direction.In), Given.Card(), Now).Refusal.ShouldBe(TapRefusal.Lockdown);
        building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Now).Refusal.ShouldBe(TapRefusal.Lockdown);
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void A_lockdown_holds_nobody_inside()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Now);
        building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);

        building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Now).Outcome.ShouldBe(PassageOutcome.Admitted);
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void After_a_lockdown_cards_decide_again()
    {
        var building = In(BuildingMode.Lockdown);
        building.Pass(Given.ModeChange(BuildingMode.Normal), Now);

        building.Pass(Given.Tap(), Given.Card(), Now).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    private static BuildingState In(BuildingMode mode)
    {
        var building = Given.Building();
        building.Pass(Given.ModeChange(mode), Now);
        return building;
    }
}
