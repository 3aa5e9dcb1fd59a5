using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Cards;

[Collection(nameof(OneSilo))]
public sealed class CardTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "P1")]
    public async Task A_card_that_nobody_registered_is_refused_and_not_kept()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 1_000);
        var token = Given.Token(silo.Next());
        var card = _cluster.Card(token);

        (await card.Tap(Given.Tap(_cluster.NextId(), token, building))).ShouldSatisfyAllConditions(
            answer => answer.Outcome.ShouldBe(PassageOutcome.Refused),
            answer => answer.Refusal.ShouldBe(TapRefusal.CardUnknown),
            answer => answer.Account.ShouldBeNull(),
            answer => answer.Seq.ShouldBe(1));
        (await card.Sell(Given.Sale(_cluster.NextId(), 100))).ShouldBe(AccountAnswer.Refused(AccountRefusal.CardUnknown));
        await _cluster.Gone(card);

        // Registered the next minute, it works at once, and nobody has to be told.
        await _cluster.Register(Given.CardRow(token, number, building));
        (await card.Tap(Given.Tap(_cluster.NextId(), token, building))).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await card.Sell(Given.Sale(_cluster.NextId(), 100))).Meal.ShouldBe(new Money(900));
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task After_a_change_in_the_registry_a_reload_brings_it()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 1_000);
        var token = Given.Token(silo.Next());
        await _cluster.Register(Given.CardRow(token, number, building));
        var card = _cluster.Card(token);
        (await card.Tap(Given.Tap(_cluster.NextId(), token, building))).Outcome.ShouldBe(PassageOutcome.Admitted);

        await _cluster.Register(Given.CardRow(token, number, building, CardState.Lost));
        await card.Reload();

        (await card.Tap(Given.Tap(_cluster.NextId(), token, building))).Refusal.ShouldBe(TapRefusal.CardLost);
        (await card.Sell(Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardLost);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task A_refused_card_is_an_answer_of_its_account_and_remembered_there()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 1_000);
        var token = Given.Token(silo.Next());
        await _cluster.Register(Given.CardRow(token, number, building, CardState.Issued));
        var sale = Given.Sale(_cluster.NextId(), 100);
        (await _cluster.Card(token).Sell(sale)).ShouldBe(AccountAnswer.Refused(AccountRefusal.CardNotActive, number));

        await _cluster.Register(Given.CardRow(token, number, building));
        await _cluster.Card(token).Reload();

        (await _cluster.Card(token).Sell(sale)).Refusal.ShouldBe(AccountRefusal.CardNotActive);
        (await _cluster.Card(token).Sell(Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_card_expires_by_the_time_of_the_event()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 1_000);
        var token = Given.Token(silo.Next());
        var end = Given.Morning + Duration.FromHours(1);
        var row = Given.CardRow(token, number, building);
        await _cluster.Register(row with { Card = row.Card with { Kind = CardKind.TemporaryCard, ExpiresAt = end } });
        _cluster.Clock.Set(end + Duration.FromMinutes(1));

        (await _cluster.Card(token).Sell(Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardExpired);
        (await _cluster.Card(token).Sell(Given.Sale(_cluster.NextId(), 100, at: end - Duration.FromSeconds(1)))).Refusal.ShouldBe(AccountRefusal.None);
        (await _cluster.Card(token).Tap(Given.Tap(_cluster.NextId(), token, building))).Refusal.ShouldBe(TapRefusal.CardExpired);
    }
}
