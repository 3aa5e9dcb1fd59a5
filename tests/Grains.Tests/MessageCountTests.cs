using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>At most two grain messages per operation; of a card at hand one (<see cref="Cards.CardsAtHandTests"/>).</summary>
[Collection(nameof(OneSilo))]
public sealed class MessageCountTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_tap_and_a_sale_are_two_messages_and_everything_else_is_one()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 50_000);
        var token = Given.Token(silo.Next());
        await _cluster.Register(Given.CardRow(token, number, building));
        var (card, account) = (_cluster.Card(token), _cluster.Account(number));

        // Cold and warm alike, refused and repeated alike.
        for (var round = 0; round < 2; round++)
        {
            var (tap, sale) = (Given.Tap(_cluster.NextId(), token, building), Given.Sale(_cluster.NextId(), 100));
            foreach (var isRepeat in (bool[])[false, true])
            {
                (await MessagesOf(() => card.Tap(tap).AsTask())).ShouldBe(["ICardGrain.Tap", "IBuildingGrain.Pass"]);
                (await MessagesOf(() => card.Sell(sale).AsTask())).ShouldBe(["ICardGrain.Sell", "IAccountGrain.Sell"]);
            }
        }

        (await MessagesOf(() => account.Reverse(Given.Reversal(_cluster.NextId(), 2)).AsTask())).ShouldBe(["IAccountGrain.Reverse"]);
        (await MessagesOf(() => account.TopUp(Given.TopUp(_cluster.NextId(), 100, $"COUNT-{number}")).AsTask())).ShouldBe(["IAccountGrain.TopUp"]);
        (await MessagesOf(() => account.ChangeLimit(Given.LimitChange(_cluster.NextId(), 100)).AsTask())).ShouldBe(["IAccountGrain.ChangeLimit"]);
        (await MessagesOf(() => card.Sell(Given.Sale(_cluster.NextId(), 101)).AsTask())).ShouldBe(["ICardGrain.Sell", "IAccountGrain.Sell"]);
    }

    private Task<string[]> MessagesOf(Func<Task> operation) => _cluster.Messages.During(operation);
}
