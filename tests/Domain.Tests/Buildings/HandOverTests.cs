using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

[Trait("Rule", "P8")]
public sealed class HandOverTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly PickUpRight Allow = Given.PickUp();

    private readonly BuildingState _building = Given.Building();

    [Fact]
    public void A_child_is_brought_and_all_about_it_is_kept()
    {
        var handOver = Given.HandOver(at: Now - Duration.FromSeconds(2), rights: Allow);

        var passage = _building.Pass(handOver, Given.PickUpCard(), Now);

        passage.ShouldBe(new Passage
        {
            Building = Given.School,
            Seq = 1,
            Operation = handOver.Operation,
            Fingerprint = handOver.Fingerprint,
            Kind = PassageKind.HandOver,
            ModeAfter = BuildingMode.Normal,
            EventAt = Now - Duration.FromSeconds(2),
            RecordedAt = Now,
            MadeUntil = Given.Morning,
            Account = Given.Number,
            Token = Given.Token(),
            Direction = Direction.In,
            Device = Given.Gate,
            Escort = Given.Adult,
        });
        _building.Presence.Inside.Select(person => person.Key).ShouldBe([Given.Number]);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public void A_reader_that_does_not_know_brings_and_collects_by_turns()
    {
        Take(Direction.Toggle, Allow).Direction.ShouldBe(Direction.In);
        Take(Direction.Toggle, Allow).Direction.ShouldBe(Direction.Out);
        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    public void Who_may_not_collect_leaves_the_child_inside_and_the_refusal_says_why_and_who()
    {
        Take(Direction.In, Allow);

        foreach (var (right, refusal) in new[]
        {
            (Allow with { Collects = false }, TapRefusal.NoPickUpRight), (Allow with { Until = Given.Today.PlusDays(-1) }, TapRefusal.PickUpExpired), (Allow with { IsDeny = true }, TapRefusal.PickUpDenied),
        })
        {
            var passage = Take(Direction.Out, right);
            (passage.Outcome, passage.Refusal, passage.Account, passage.Escort).ShouldBe((PassageOutcome.Refused, refusal, Given.Number, Given.Adult));
        }

        _building.Presence.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(CardState.Lost, TapRefusal.CardLost)]
    [InlineData(CardState.Blocked, TapRefusal.CardBlocked)]
    [Trait("Rule", "C2")]
    public void A_card_that_is_not_in_use_hands_over_nobody(CardState state, TapRefusal refusal) =>
        _building.Pass(Given.HandOver(Direction.Out, rights: Allow), Given.PickUpCard(state), Now).Refusal.ShouldBe(refusal);

    [Fact]
    public void An_expired_card_and_an_unknown_one_hand_over_nobody()
    {
        _building.Pass(Given.HandOver(rights: Allow), Given.PickUpCard(expiresAt: Now), Now).Refusal.ShouldBe(TapRefusal.CardExpired);
        _building.Pass(Given.HandOver(), null, Now).ShouldSatisfyAllConditions(passage => passage.Refusal.ShouldBe(TapRefusal.CardUnknown), passage => passage.Escort.ShouldBeNull());
        _building.Presence.Count.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void An_evacuation_hands_no_child_to_anybody_who_may_not_have_it()
    {
        Take(Direction.In, Allow);
        _building.Pass(Given.ModeChange(BuildingMode.Evacuation), Now);

        Take(Direction.Out, Allow with { IsDeny = true }).Refusal.ShouldBe(TapRefusal.PickUpDenied);
        Take(Direction.Out, Allow).Flag.ShouldBe(PassageFlag.Evacuation);
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void In_a_lockdown_nobody_is_brought()
    {
        _building.Pass(Given.ModeChange(BuildingMode.Lockdown), Now);

        Take(Direction.In, Allow).Refusal.ShouldBe(TapRefusal.Lockdown);
    }

    [Fact]
    public void The_day_is_the_buildings_and_the_events()
    {
        // 23:59 on 31 August in Moscow; the right begins with the day after.
        var before = Now - Duration.FromHours(9) - Duration.FromMinutes(1);
        var right = Allow with { From = Given.Today };

        _building.Pass(Given.HandOver(at: before, rights: right), Given.PickUpCard(), Now).Refusal.ShouldBe(TapRefusal.PickUpExpired);
        _building.Pass(Given.HandOver(at: before + Duration.FromMinutes(1), rights: right), Given.PickUpCard(), Now).Refusal.ShouldBe(TapRefusal.None);
    }

    [Fact]
    [Trait("Rule", "P5")]
    public void What_was_not_done_is_left_undone()
    {
        var brought = Take(Direction.In, Allow);

        _building.Report(Given.GateEvent(GateEventKind.NotPassed, passage: new PassageName(brought.Seq, brought.Operation)), [brought], Now).Refusal.ShouldBe(TapRefusal.None);

        _building.Presence.Count.ShouldBe(0);
    }

    private Passage Take(Direction direction, params PickUpRight[] rights) => _building.Pass(Given.HandOver(direction, rights: rights), Given.PickUpCard(), Now);
}
