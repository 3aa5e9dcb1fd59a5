using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "C2")]
public sealed class CardRulesTests
{
    [Fact]
    public void An_active_card_may_be_used() =>
        CardRules.Check(Given.Card(), Given.Morning).ShouldBe(CardRefusal.None);

    [Fact]
    public void A_card_that_nobody_registered_is_unknown() =>
        CardRules.Check(null, Given.Morning).ShouldBe(CardRefusal.Unknown);

    [Theory]
    [InlineData(CardState.Issued, CardRefusal.NotActive)]
    [InlineData(CardState.Lost, CardRefusal.Lost)]
    [InlineData(CardState.Blocked, CardRefusal.Blocked)]
    [InlineData(CardState.Returned, CardRefusal.NotActive)]
    [InlineData(CardState.Destroyed, CardRefusal.Destroyed)]
    public void A_card_in_any_other_state_is_refused_for_it_even_when_expired(CardState state, CardRefusal refusal)
    {
        CardRules.Check(Given.Card(state), Given.Morning).ShouldBe(refusal);
        CardRules.Check(Given.Card(state, expiresAt: Given.Morning), Given.Morning).ShouldBe(refusal);
    }

    [Fact]
    public void A_temporary_card_works_until_its_end_and_not_at_it()
    {
        var card = Given.Card(expiresAt: Given.Morning) with { Kind = CardKind.TemporaryCard };

        CardRules.Check(card, Given.Morning - Duration.FromMilliseconds(1)).ShouldBe(CardRefusal.None);
        CardRules.Check(card, Given.Morning).ShouldBe(CardRefusal.Expired);
        CardRules.Check(card, Given.Morning + Duration.FromMilliseconds(1)).ShouldBe(CardRefusal.Expired);
    }

    [Fact]
    public void A_cards_life_takes_these_steps_and_no_others()
    {
        (CardState From, CardState To)[] steps =
        [
            (CardState.Issued, CardState.Active),
            (CardState.Issued, CardState.Destroyed),
            (CardState.Active, CardState.Lost),
            (CardState.Active, CardState.Blocked),
            (CardState.Active, CardState.Returned),
            (CardState.Lost, CardState.Returned),
            (CardState.Lost, CardState.Destroyed),
            (CardState.Blocked, CardState.Returned),
            (CardState.Blocked, CardState.Destroyed),
            (CardState.Returned, CardState.Active),
            (CardState.Returned, CardState.Destroyed),
        ];

        foreach (var from in Enum.GetValues<CardState>())
            foreach (var to in Enum.GetValues<CardState>())
                CardRules.MayBecome(from, to).ShouldBe(from == to || steps.Contains((from, to)), $"{from} to {to}");
    }

    [Fact]
    public void Nothing_but_being_bound_makes_a_lost_card_work_again()
    {
        CardRules.MayBecome(CardState.Lost, CardState.Active).ShouldBeFalse();
        CardRules.MayBecome(CardState.Lost, CardState.Returned).ShouldBeTrue();
        CardRules.MayBecome(CardState.Returned, CardState.Active).ShouldBeTrue();
    }
}
