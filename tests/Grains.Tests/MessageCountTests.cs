using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>At most two grain messages per operation: none to whom the silo has at hand (<see cref="AtHandTests"/>).</summary>
[Collection(nameof(OneSilo))]
public sealed class MessageCountTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_tap_and_a_sale_are_two_messages_at_most_and_everything_else_is_one()
    {
        var building = await silo.NewBuilding();
        var number = await silo.NewAccount(meal: 50_000);
        var token = Given.Token(silo.Next());
        await _cluster.Register(Given.CardRow(token, number, building));
        var (card, account) = (_cluster.Card(token), _cluster.Account(number));

        // The building is cold, the account had its top-up; later both are warm. Refused and repeated alike.
        string[] toBuilding = ["IBuildingGrain.Pass"];
        for (var round = 0; round < 2; round++)
        {
            var (tap, sale) = (Given.Tap(_cluster.NextId(), token, building), Given.Sale(_cluster.NextId(), 100));
            foreach (var isRepeat in (bool[])[false, true])
            {
                (await MessagesOf(() => card.Tap(tap).AsTask())).ShouldBe(["ICardGrain.Tap", .. toBuilding]);
                (await MessagesOf(() => card.Sell(sale).AsTask())).ShouldBe(["ICardGrain.Sell"]);
                toBuilding = [];
            }
        }

        (await MessagesOf(() => account.Reverse(Given.Reversal(_cluster.NextId(), 2)).AsTask())).ShouldBe(["IAccountGrain.Reverse"]);
        (await MessagesOf(() => account.TopUp(Given.TopUp(_cluster.NextId(), 100, $"COUNT-{number}")).AsTask())).ShouldBe(["IAccountGrain.TopUp"]);
        (await MessagesOf(() => account.Change(Given.LimitChange(_cluster.NextId(), 100)).AsTask())).ShouldBe(["IAccountGrain.Change"]);
        (await MessagesOf(() => card.Ride(Given.Ride(_cluster.NextId())).AsTask())).ShouldBe(["ICardGrain.Ride"]);
        (await MessagesOf(() => card.Redeem(Given.Redemption(_cluster.NextId())).AsTask())).ShouldBe(["ICardGrain.Redeem"]);
        (await MessagesOf(() => account.Change(Given.EntitlementChange(_cluster.NextId(), null)).AsTask())).ShouldBe(["IAccountGrain.Change"]);
        (await MessagesOf(() => account.Change(Given.StopListChange(_cluster.NextId(), null)).AsTask())).ShouldBe(["IAccountGrain.Change"]);
        (await MessagesOf(() => card.Sell(Given.Sale(_cluster.NextId(), 101)).AsTask())).ShouldBe(["ICardGrain.Sell"]);
    }

    private Task<string[]> MessagesOf(Func<Task> operation) => _cluster.Messages.During(operation);
}
