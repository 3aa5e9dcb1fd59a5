using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

/// <summary>Whatever is asked of the cards of two accounts in whatever order, what holds of each of them holds of all.</summary>
public sealed class CardLifeProperty
{
    private static readonly AccountNumber[] Accounts = [Given.Number, GivenCards.Sister];
    private static readonly CardToken[] Tokens = [.. Enumerable.Range(1, 4).Select(n => Given.Token(n))];
    private static readonly Gen<(int What, int Card, int Other, int Account, CardState State, int Hours)> Steps =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 1], Gen.Int[(int)CardState.Lost, (int)CardState.Destroyed].Select(state => (CardState)state), Gen.Int[0, 30]);

    [Fact]
    [Trait("Rule", "C2")]
    [Trait("Rule", "C3")]
    [Trait("Rule", "C4")]
    public void Nothing_comes_back_from_destruction_and_nobody_has_two_cards_in_use() => Steps.List[1, 60].Sample(steps =>
    {
        var cards = new Dictionary<CardToken, Card>();
        var now = Given.Morning;
        foreach (var step in steps)
        {
            now += Duration.FromHours(step.Hours);
            var command = Command(step);
            var decision = CardRules.Decide(command, Facts(cards, command, now));
            foreach (var change in decision.Changes) Apply(cards, change);

            foreach (var account in Accounts)
                cards.Values.Count(card => card.Account == account && CardRules.IsIdentifier(card.Kind) && CardRules.IsLive(card, now)).ShouldBeLessThanOrEqualTo(1);
        }
    });

    private static void Apply(Dictionary<CardToken, Card> cards, CardChange change)
    {
        var before = cards.GetValueOrDefault(change.Card.Token);
        change.Card.Version.ShouldBe((before?.Version ?? 0) + 1);
        change.Event.Card.ShouldBe(CardStanding.Of(change.Card));
        if (before is not null) CardRules.MayBecome(before.State, change.Card.State).ShouldBeTrue($"{before.State} became {change.Card.State}");
        cards[change.Card.Token] = change.Card;
    }

    private static CardFacts Facts(Dictionary<CardToken, Card> cards, CardCommand command, Instant now)
    {
        var card = cards.GetValueOrDefault(command.Token);
        var holder = command.Holder ?? card?.Account ?? Given.Number;
        return GivenCards.Facts(card, command is CardReplacement { Successor: var successor } ? cards.GetValueOrDefault(successor) : null) with
        {
            Holder = GivenCards.Profile(holder),
            Active = [.. cards.Values.Where(one => one.Account == holder && one.State == CardState.Active)],
            Now = now,
        };
    }

    private static CardCommand Command((int What, int Card, int Other, int Account, CardState State, int Hours) step)
    {
        var (token, account) = (Tokens[step.Card], Accounts[step.Account]);
        return step.What switch
        {
            0 => GivenCards.Issue() with { Token = token, Account = account },
            1 => GivenCards.Bind(account) with { Token = token },
            2 => GivenCards.Temporary(to: account) with { Token = token },
            3 => GivenCards.Replace(step.State == CardState.Destroyed ? CardState.Lost : step.State) with { Token = token, Successor = Tokens[step.Other] },
            4 => GivenCards.Sighting with { Token = token },
            _ => GivenCards.Move(step.State) with { Token = token },
        };
    }
}
