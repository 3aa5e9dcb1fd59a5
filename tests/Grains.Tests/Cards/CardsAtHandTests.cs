using Zvonok.Grains.Registry;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Cards;

/// <summary>A silo knows the cards that live on it, exactly as long as their grains vouch for them.</summary>
public sealed class CardsAtHandTests : IAsyncLifetime
{
    private static readonly string[] BySale = ["IAccountGrain.Sell"];
    private static readonly string[] ByCardAndSale = ["ICardGrain.Sell", .. BySale];

    private readonly DataDirectory _directory = new();
    private readonly AccountNumber _number = Given.Number(1);
    private readonly BuildingId _building = new(1);
    private readonly CardToken _token = Given.Token(1);
    private TestCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _cluster = await TestCluster.Start(_directory.Path, silos: 2);
        await _cluster.Register(Given.BuildingRow(_building), Given.AccountRow(_number), Given.CardRow(_token, _number, _building));
        await _cluster.Account(_number).TopUp(Given.TopUp(_cluster.NextId(), 50_000, "FIRST"));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _directory.Remove();
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task Once_its_grain_lives_here_a_card_saves_a_message()
    {
        (await MessagesOf(Sell)).ShouldBe(ByCardAndSale);

        (await MessagesOf(Sell)).ShouldBe(BySale);
        (await MessagesOf(async () => (await Here.Tap(Given.Tap(_cluster.NextId(), _token, _building))).Outcome.ShouldBe(PassageOutcome.Admitted)))
            .ShouldBe(["IBuildingGrain.Pass"]);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task It_expires_here_by_the_time_of_the_event()
    {
        await Sell();
        var end = _cluster.Clock.GetCurrentInstant() + Duration.FromMinutes(5);
        var row = Given.CardRow(_token, _number, _building);
        await Change(row with { Card = row.Card with { Kind = CardKind.TemporaryCard, ExpiresAt = end } });
        await Sell();

        _cluster.Clock.Set(end + Duration.FromMinutes(1));

        (await MessagesOf(async () => (await Here.Sell(_token, Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardExpired))).ShouldBe(BySale);
        (await Here.Sell(_token, Given.Sale(_cluster.NextId(), 100, at: end - Duration.FromSeconds(1)))).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_change_takes_it_away_before_the_change_is_told_as_done_on_whichever_silo()
    {
        await Sell();
        (await There.Sell(_token, Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.None);

        await Change(Given.CardRow(_token, _number, _building, CardState.Lost));

        (await Here.Sell(_token, Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardLost);
        (await There.Tap(Given.Tap(_cluster.NextId(), _token, _building))).Refusal.ShouldBe(TapRefusal.CardLost);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task What_was_read_before_a_change_and_arrives_after_it_is_not_at_hand()
    {
        var change = new TaskCompletionSource();
        _cluster.Reads.CardsArriveAfter = change.Task;
        var sale = Here.Sell(_token, Given.Sale(_cluster.NextId(), 100)).AsTask();
        await Tasks.Until(() => _cluster.Reads.Loads > 0);

        _cluster.Reads.CardsArriveAfter = Task.CompletedTask;
        await Change(Given.CardRow(_token, _number, _building, CardState.Blocked));
        change.SetResult();
        await sale;

        (await Here.Sell(_token, Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardBlocked);
    }

    [Fact]
    public async Task Elsewhere_it_costs_the_message_to_where_it_lives()
    {
        await Sell();

        for (var time = 0; time < 2; time++)
            (await MessagesOf(async () => await There.Sell(_token, Given.Sale(_cluster.NextId(), 100)))).ShouldBe(ByCardAndSale);
    }

    [Fact]
    public async Task When_its_grain_leaves_the_memory_it_goes_too()
    {
        await Sell();

        await _cluster.Deactivate((IAddressable)_cluster.Card(_token));

        (await MessagesOf(Sell)).ShouldBe(ByCardAndSale);
    }

    [Fact]
    public async Task Its_grain_is_called_now_and_then_lest_it_looks_idle()
    {
        await Sell();
        _cluster.Clock.Advance(Duration.FromHours(3));

        (await MessagesOf(Sell)).ShouldBe(ByCardAndSale);
        (await MessagesOf(Sell)).ShouldBe(BySale);
    }

    private CardsAtHand Here => _cluster.Part<CardsAtHand>();

    private CardsAtHand There => _cluster.Part<CardsAtHand>(silo: 1);

    private async Task Sell() => (await Here.Sell(_token, Given.Sale(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.None);

    // As the registry does it: first the row, then the card's grain, then the answer.
    private async Task Change(RegistryRow row)
    {
        await _cluster.Register(row);
        await _cluster.Card(_token).Reload();
    }

    private Task<string[]> MessagesOf(Func<Task> operation) => _cluster.Messages.During(operation);
}
