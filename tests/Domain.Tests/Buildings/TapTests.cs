using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Buildings;

public sealed class TapTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "P1")]
    [Trait("Rule", "P2")]
    public void A_known_child_is_admitted_and_everything_about_it_is_kept()
    {
        var building = Given.Building();
        var tap = Given.Tap(at: Now - Duration.FromSeconds(2));

        var passage = BuildingRules.Decide(building, tap, Given.Card(), Now);

        passage.ShouldBe(new Passage
        {
            Building = Given.School,
            Seq = 1,
            Operation = tap.Operation,
            Fingerprint = tap.Fingerprint,
            Kind = PassageKind.Tap,
            ModeAfter = BuildingMode.Normal,
            EventAt = Now - Duration.FromSeconds(2),
            RecordedAt = Now,
            MadeUntil = Given.Morning,
            Account = Given.Number,
            Token = Given.Token(),
            Direction = Direction.In,
            Outcome = PassageOutcome.Admitted,
            Flag = PassageFlag.None,
            Refusal = TapRefusal.None,
            Device = Given.Gate,
        });
    }

    [Fact]
    [Trait("Rule", "P1")]
    public void A_refusal_is_a_passage_too_and_lets_nobody_in()
    {
        var building = Given.Building();

        var passage = building.Pass(Given.Tap(), Given.Card(CardState.Lost), Now);

        passage.Outcome.ShouldBe(PassageOutcome.Refused);
        passage.Refusal.ShouldBe(TapRefusal.CardLost);
        passage.Flag.ShouldBe(PassageFlag.None);
        passage.Account.ShouldBe(Given.Number);
        building.Seq.ShouldBe(1);
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "P1")]
    public void A_refused_exit_leaves_the_person_inside()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Now);

        building.Pass(Given.Tap(Direction.Out), Given.Card(CardState.Blocked), Now).Outcome.ShouldBe(PassageOutcome.Refused);

        building.Presence.Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "P1")]
    public void A_card_that_nobody_registered_is_refused_and_is_nobodys()
    {
        var passage = BuildingRules.Decide(Given.Building(), Given.Tap(), card: null, Now);

        passage.Refusal.ShouldBe(TapRefusal.CardUnknown);
        passage.Account.ShouldBeNull();
        passage.Token.ShouldBe(Given.Token());
    }

    [Fact]
    [Trait("Rule", "P1")]
    [Trait("Rule", "C2")]
    public void A_card_is_judged_at_the_time_of_the_tap()
    {
        var card = Given.Card(expiresAt: Now);

        BuildingRules.Decide(Given.Building(), Given.Tap(at: Now - Duration.FromSeconds(1)), card, Now + Duration.FromMinutes(5))
            .Outcome.ShouldBe(PassageOutcome.Admitted);
        BuildingRules.Decide(Given.Building(), Given.Tap(), card, Now).Refusal.ShouldBe(TapRefusal.CardExpired);
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void A_card_opens_the_buildings_of_its_rights_and_no_other()
    {
        var elsewhere = new AccessRights(new BuildingId(9));
        var further = new AccessRights(new BuildingId(9), Given.School);

        Enter(elsewhere).Refusal.ShouldBe(TapRefusal.NoAccessRight);
        Enter(further).Outcome.ShouldBe(PassageOutcome.Admitted);

        static Passage Enter(AccessRights rights) =>
            BuildingRules.Decide(Given.Building(), Given.Tap(), Given.Card(rights: rights), Now);
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void Whoever_is_inside_may_leave_even_without_a_right_to_come_in()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(Direction.In), Given.Card(), Now);

        var passage = building.Pass(Given.Tap(Direction.Out), Given.Card(rights: new AccessRights(new BuildingId(9))), Now);

        passage.Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    public void Passages_are_numbered_without_a_gap_and_never_dated_backwards()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(), Given.Card(), Now + Duration.FromSeconds(3));

        var tap = building.Pass(Given.Tap(), Given.Card(), Now);
        tap.Seq.ShouldBe(2);
        tap.RecordedAt.ShouldBe(Now + Duration.FromSeconds(3));

        var change = building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);
        change.Seq.ShouldBe(3);
        change.RecordedAt.ShouldBe(Now + Duration.FromSeconds(3));
        building.RecordedAt.ShouldBe(Now + Duration.FromSeconds(3));
    }

    [Fact]
    public void Times_are_recorded_to_the_millisecond()
    {
        var odd = Now + Duration.FromNanoseconds(1_999_999);
        Passage[] passages =
        [
            BuildingRules.Decide(Given.Building(), Given.Tap(), Given.Card(), odd),
            BuildingRules.Decide(Given.Building(), Given.ModeChange(BuildingMode.Lockdown), odd),
        ];

        foreach (var passage in passages)
        {
            passage.EventAt.ShouldBe(Now + Duration.FromMilliseconds(1));
            passage.RecordedAt.ShouldBe(Now + Duration.FromMilliseconds(1));
        }
    }

    [Fact]
    [Trait("Rule", "P1")]
    public void The_answer_is_what_the_passage_says()
    {
        var passage = BuildingRules.Decide(Given.Building(), Given.Tap(Direction.Out), Given.Card(), Now);

        BuildingAnswer.From(passage).ShouldBe(new BuildingAnswer
        {
            Seq = 1,
            Outcome = PassageOutcome.AdmittedFlagged,
            Flag = PassageFlag.NotInside,
            Refusal = TapRefusal.None,
            Direction = Direction.Out,
            Account = Given.Number,
            EventAt = Now,
        });
        BuildingAnswer.From(passage with { Outcome = PassageOutcome.Refused, Refusal = TapRefusal.Lockdown }).Refusal.ShouldBe(TapRefusal.Lockdown);
    }

    [Fact]
    public void A_new_building_is_in_normal_mode_with_nobody_in_it()
    {
        var building = Given.Building();

        building.Profile.ShouldBe(new BuildingProfile(Given.School, Given.Zone));
        building.Mode.ShouldBe(BuildingMode.Normal);
        building.Seq.ShouldBe(0);
        building.RecordedAt.ShouldBe(Instant.MinValue);
        building.MadeUntil.ShouldBe(Instant.MinValue);
        building.Today.ShouldBe(LocalDate.MinIsoValue);
        building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public void The_latest_making_time_of_all_ids_travels_with_every_passage()
    {
        var later = Now + Duration.FromMinutes(1);
        var building = Given.Building();
        building.Pass(Given.Tap() with { Operation = OperationId.Create(later, 0, 1) }, Given.Card(), later);

        building.Pass(Given.Tap(operation: 2), Given.Card(), later).MadeUntil.ShouldBe(later);
        building.Pass(Given.ModeChange(BuildingMode.Lockdown, operation: 3), later).MadeUntil.ShouldBe(later);
        building.MadeUntil.ShouldBe(later);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_building_comes_back_from_a_checkpoint_and_the_passages_after_it()
    {
        var building = Given.Building();
        building.Pass(Given.Tap(), Given.Card(serial: 1), Now);
        building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);
        var restored = BuildingState.From(building.Profile, building.Seq, building.Today, building.Presence.Snapshot());
        restored.Seq.ShouldBe(2);
        restored.Today.ShouldBe(Given.Today);
        restored.Presence.Inside.ShouldBe(building.Presence.Inside);

        // A checkpoint is written with the passage after it, which carries the mode and the times.
        var next = building.Pass(Given.Tap(Direction.Out), Given.Card(serial: 1), Now + Duration.FromMinutes(1));
        BuildingRules.Evolve(restored, next);

        restored.Mode.ShouldBe(BuildingMode.Lockdown);
        restored.RecordedAt.ShouldBe(building.RecordedAt);
        restored.MadeUntil.ShouldBe(building.MadeUntil);
        restored.Seq.ShouldBe(3);
        restored.Presence.Count.ShouldBe(0);
    }

    [Fact]
    public void A_device_stands_in_a_building_and_a_till_has_a_seller()
    {
        var till = new Device(Given.Till, DeviceKind.Till, Given.School, Given.Seller);

        till.ShouldBe(new Device(new DeviceId(501), DeviceKind.Till, new BuildingId(1501), ContraAccount.Operator(7)));
    }
}
