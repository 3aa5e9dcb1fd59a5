using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Tests.Buildings;

public sealed class DirectionTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly Instant Midnight = Instant.FromUtc(2026, 9, 1, 21, 0);

    [Fact]
    [Trait("Rule", "P2")]
    public void A_reader_that_does_not_know_leads_in_first_and_out_next()
    {
        var building = Given.Building();

        building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Now).Direction.ShouldBe(Direction.In);
        building.Presence.Since(Given.Number).ShouldBe(Now);
        var later = Now + Duration.FromHours(5);
        building.Pass(Given.Tap(Direction.Toggle), Given.Card(), later).Direction.ShouldBe(Direction.Out);
        building.Presence.Since(Given.Number).ShouldBeNull();
        building.Pass(Given.Tap(Direction.Toggle), Given.Card(), later).Direction.ShouldBe(Direction.In);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_toggle_is_never_flagged()
    {
        var building = Given.Building();

        for (var n = 0; n < 4; n++)
            building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Now).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_toggle_on_the_next_day_leads_in_although_yesterdays_exit_was_forgotten()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Midnight - Duration.FromHours(8));

        var passage = building.Pass(Given.Tap(Direction.Toggle), Given.Card(), Midnight);

        passage.Direction.ShouldBe(Direction.In);
        passage.Outcome.ShouldBe(PassageOutcome.Admitted);
        building.Presence.Since(Given.Number).ShouldBe(Midnight);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_card_that_nobody_registered_is_refused_on_its_way_in() =>
        BuildingRules.Decide(Given.Building(), Given.Tap(Direction.Toggle), card: null, Now).Direction.ShouldBe(Direction.In);

    [Fact]
    [Trait("Rule", "P3")]
    public void A_second_entry_without_an_exit_is_admitted_and_flagged()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Now);

        var passage = building.Pass(Given.Tap(Direction.In), Given.Card(), Now + Duration.FromMinutes(1));

        passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged);
        passage.Flag.ShouldBe(PassageFlag.AlreadyInside);
        building.Presence.Count.ShouldBe(1);
        building.Presence.Since(Given.Number).ShouldBe(Now + Duration.FromMinutes(1));
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void An_exit_without_an_entry_is_admitted_and_flagged()
    {
        var passage = Given.Building().Pass(Given.Tap(Direction.Out), Given.Card(), Now);

        passage.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged);
        passage.Flag.ShouldBe(PassageFlag.NotInside);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void An_entry_after_midnight_is_not_flagged_for_yesterdays_entry()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Midnight - Duration.FromMilliseconds(1));

        building.Pass(Given.Tap(Direction.In), Given.Card(), Midnight).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void An_exit_after_midnight_is_flagged_and_takes_the_person_out()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Midnight - Duration.FromHours(1));

        building.Pass(Given.Tap(Direction.Out), Given.Card(), Midnight).Flag.ShouldBe(PassageFlag.NotInside);
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void Someone_else_inside_flags_nobody()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(serial: 1), Now);

        building.Pass(Given.Tap(Direction.In), Given.Card(serial: 2), Now).Outcome.ShouldBe(PassageOutcome.Admitted);
        building.Presence.Count.ShouldBe(2);
    }
}
