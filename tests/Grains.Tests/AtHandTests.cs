using Zvonok.Grains.Registry;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>A silo has at hand the cards, accounts and buildings that live on it, exactly as long as their grains vouch for them.</summary>
public sealed class AtHandTests() : WithCluster(silos: 2, QueueMax)
{
    private const int QueueMax = 20;
    private static readonly string[] None = [];
    private static readonly string[] ByCard = ["ICardGrain.Sell"];
    private static readonly string[] ByAccount = ["IAccountGrain.Sell"];

    private readonly AccountNumber _number = Given.Number(1);
    private readonly BuildingId _building = new(1);
    private readonly CardToken _token = Given.Token(1);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Register(Given.BuildingRow(_building), Given.AccountRow(_number), Given.CardRow(_token, _number, _building));
        // Asked from here, the account lives here.
        await Account.TopUp(Given.TopUp(Cluster.NextId(), 50_000, "FIRST"));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public async Task Once_card_and_account_live_here_a_sale_needs_no_message()
    {
        (await MessagesOf(Sell)).ShouldBe(ByCard);

        (await MessagesOf(Sell)).ShouldBe(None);
        (await MessagesOf(() => Account.Reverse(Given.Reversal(Cluster.NextId(), 2)).AsTask())).ShouldBe(None);
    }

    [Fact]
    [Trait("Rule", "P1")]
    public async Task Once_card_and_building_live_here_a_tap_needs_no_message()
    {
        (await MessagesOf(Tap)).ShouldBe(["ICardGrain.Tap", "IBuildingGrain.Pass"]);

        (await MessagesOf(Tap)).ShouldBe(None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_card_expires_here_by_the_time_of_the_event()
    {
        await Sell();
        var end = Cluster.Clock.GetCurrentInstant() + Duration.FromMinutes(5);
        var row = Given.CardRow(_token, _number, _building);
        await Change(row with { Card = row.Card with { Kind = CardKind.TemporaryCard, ExpiresAt = end } });
        await Sell();

        Cluster.Clock.Set(end + Duration.FromMinutes(1));

        (await MessagesOf(async () => (await Here.Sell(_token, Given.Sale(Cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardExpired))).ShouldBe(None);
        (await Here.Sell(_token, Given.Sale(Cluster.NextId(), 100, at: end - Duration.FromSeconds(1)))).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_change_takes_a_card_away_before_the_change_is_told_as_done_on_whichever_silo()
    {
        await Sell();
        (await There.Sell(_token, Given.Sale(Cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.None);

        await Change(Given.CardRow(_token, _number, _building, CardState.Lost));

        (await Here.Sell(_token, Given.Sale(Cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardLost);
        (await There.Tap(Given.Tap(Cluster.NextId(), _token, _building))).Refusal.ShouldBe(TapRefusal.CardLost);
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task What_was_read_before_a_change_and_arrives_after_it_is_not_at_hand()
    {
        var change = new TaskCompletionSource();
        Cluster.Reads.CardsArriveAfter = change.Task;
        var sale = Here.Sell(_token, Given.Sale(Cluster.NextId(), 100)).AsTask();
        await Tasks.Until(() => Cluster.Reads.Loads > 0);

        Cluster.Reads.CardsArriveAfter = Task.CompletedTask;
        await Change(Given.CardRow(_token, _number, _building, CardState.Blocked));
        change.SetResult();
        await sale;

        (await Here.Sell(_token, Given.Sale(Cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.CardBlocked);
    }

    [Fact]
    public async Task Elsewhere_it_costs_the_message_to_where_it_lives()
    {
        await Sell();

        for (var time = 0; time < 2; time++)
        {
            // The card's grain lives beside the account.
            (await MessagesOf(async () => await There.Sell(_token, Given.Sale(Cluster.NextId(), 100)))).ShouldBe(ByCard);
            (await MessagesOf(async () => await Cluster.Part<GrainLookup>(silo: 1).Account(_number).Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None))).ShouldBe(ByAccount);
        }
    }

    [Fact]
    public async Task When_its_grain_leaves_the_memory_a_card_goes_too()
    {
        await Sell();

        await Cluster.Deactivate((IAddressable)Cluster.Card(_token));

        (await MessagesOf(Sell)).ShouldBe(ByCard);
    }

    [Fact]
    public async Task When_it_leaves_the_memory_an_account_is_found_no_more_and_serves_nobody_who_still_has_it()
    {
        await Sell();
        var gone = Account;

        await Cluster.Deactivate((IAddressable)Cluster.Account(_number));

        var operation = Cluster.NextId();
        await Should.ThrowAsync<StaleActivationException>(async () => await gone.Sell(Given.Sale(operation, 100), CardRefusal.None));
        (await MessagesOf(async () => (await Account.Sell(Given.Sale(operation, 100), CardRefusal.None)).Seq.ShouldBe(3))).ShouldBe(ByAccount);
    }

    [Fact]
    public async Task What_still_waits_when_an_account_leaves_the_memory_is_sent_away_unwritten_and_its_repeats_are_one_sale_each()
    {
        var operations = Enumerable.Range(0, 6).Select(_ => Cluster.NextId()).ToList();
        var barrier = Cluster.Script.HoldNext();
        var first = Account.Sell(Given.Sale(operations[0], 100), CardRefusal.None).AsTask();
        await barrier.Reached;
        Task<AccountAnswer>[] waiting = [.. operations.Skip(1).Select(operation => Account.Sell(Given.Sale(operation, 100), CardRefusal.None).AsTask())];

        var leaving = Cluster.Deactivate((IAddressable)Cluster.Account(_number));
        await Tasks.AllEnded(waiting).WaitAsync(TestCluster.Deadline);
        first.IsCompleted.ShouldBeFalse();
        barrier.Release();

        (await first).Seq.ShouldBe(2);
        await leaving;
        waiting.ShouldAllBe(sale => sale.IsFaulted && sale.Exception!.InnerException is StaleActivationException);
        foreach (var operation in operations)
            (await Account.Sell(Given.Sale(operation, 100), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        (await Cluster.Ledger(_number)).Count.ShouldBe(7);
        await Cluster.Audit();
    }

    [Fact]
    public async Task Who_was_fenced_is_found_no_more()
    {
        await Sell();
        Cluster.Script.FenceNext();

        var operation = Cluster.NextId();
        await Should.ThrowAsync<StaleActivationException>(async () => await Account.Sell(Given.Sale(operation, 100), CardRefusal.None));

        (await MessagesOf(async () => (await Account.Sell(Given.Sale(operation, 100), CardRefusal.None)).Seq.ShouldBe(3))).ShouldBe(ByAccount);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task What_waits_at_hand_is_bounded_like_messages()
    {
        var barrier = Cluster.Script.HoldNext();
        var held = Account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None).AsTask();
        await barrier.Reached;
        Task<AccountAnswer>[] waiting = [.. Enumerable.Range(0, QueueMax).Select(_ => Account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None).AsTask())];

        await Should.ThrowAsync<LimitExceededException>(async () => await Account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None));

        barrier.Release();
        await held;
        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Refusal == AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task What_is_next_after_the_one_that_is_served_waits_too()
    {
        const int Earlier = 8;
        var (first, second) = (Cluster.Script.HoldNext(), Cluster.Script.HoldNext());
        List<Task<AccountAnswer>> sales = [Sale()];
        await first.Reached;
        for (var sale = 0; sale < Earlier; sale++) sales.Add(Sale());
        first.Release();
        await second.Reached;
        // One of the earlier ones is served now.
        for (var sale = Earlier - 1; sale < QueueMax; sale++) sales.Add(Sale());

        await Should.ThrowAsync<LimitExceededException>(Sale);

        second.Release();
        (await Task.WhenAll(sales)).ShouldAllBe(answer => answer.Refusal == AccountRefusal.None);

        async Task<AccountAnswer> Sale() => await Account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None);
    }

    [Fact]
    public async Task Calls_of_many_threads_and_of_another_silo_are_one_row_of_turns()
    {
        const int Each = 50;
        var operations = Enumerable.Range(0, 4 * Each).Select(_ => Cluster.NextId()).ToArray();
        var accounts = new[] { Account, Account, Account, Cluster.Part<GrainLookup>(silo: 1).Account(_number) };

        var answers = await Task.WhenAll(accounts.Select((account, caller) => Task.Run(async () =>
        {
            var seqs = new List<long>();
            foreach (var operation in operations.Skip(caller * Each).Take(Each))
                seqs.Add((await account.Sell(Given.Sale(operation, 100), CardRefusal.None)).Seq);
            return seqs;
        })));

        answers.SelectMany(seqs => seqs).Order().ShouldBe(Enumerable.Range(2, 4 * Each).Select(seq => (long)seq));
        (await Account.Get()).ShouldNotBeNull().Meal.ShouldBe(new Money(50_000 - 4 * Each * 100));
        await Cluster.Audit();
    }

    [Fact]
    public async Task While_an_account_leaves_the_memory_again_and_again_everybody_has_an_answer_and_each_operation_one_row()
    {
        const int Each = 100;
        var operations = Enumerable.Range(0, 4 * Each).Select(_ => Cluster.NextId()).ToArray();
        using var sold = new CancellationTokenSource();
        var leaving = Task.Run(async () =>
        {
            var times = 0;
            for (; !sold.IsCancellationRequested; times++) await Cluster.Deactivate((IAddressable)Cluster.Account(_number));
            return times;
        });

        // Three of this silo and one of the other.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            foreach (var operation in operations.Skip(caller * Each).Take(Each)) await SellUntilAnswered(operation, silo: caller / 3);
        })));
        await sold.CancelAsync();

        (await leaving).ShouldBeGreaterThan(10);
        (await Cluster.Ledger(_number)).Skip(1).Select(entry => entry.Operation).ShouldBe(operations, ignoreOrder: true);
        await Cluster.Audit();
    }

    [Fact]
    public async Task All_are_sent_a_message_now_and_then_lest_they_look_idle()
    {
        await Sell();
        await Tap();
        Cluster.Clock.Advance(Duration.FromHours(3));

        (await MessagesOf(Sell)).ShouldBe([.. ByCard, .. ByAccount]);
        (await MessagesOf(Sell)).ShouldBe(None);
        (await MessagesOf(Tap)).ShouldBe(["IBuildingGrain.Pass"]);
        (await MessagesOf(Tap)).ShouldBe(None);
    }

    private CardRouter Here => Cluster.Part<CardRouter>();

    private CardRouter There => Cluster.Part<CardRouter>(silo: 1);

    /// <summary>As a door of the silo where it lives finds it.</summary>
    private IAccountGrain Account => Cluster.Part<GrainLookup>().Account(_number);

    private async Task Sell() => (await Here.Sell(_token, Given.Sale(Cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.None);

    // As a door does, which repeats what a stale activation has not written, and what Orleans has sent after one that left too often. A call that is lost fails here.
    private async Task SellUntilAnswered(OperationId operation, int silo)
    {
        while (true)
        {
            try
            {
                await Cluster.Part<GrainLookup>(silo).Account(_number).Sell(Given.Sale(operation, 100), CardRefusal.None);
                return;
            }
            catch (Exception fault) when (fault is StaleActivationException or OrleansMessageRejectionException)
            {
                await Task.Yield();
            }
        }
    }

    private async Task Tap() => (await Here.Tap(Given.Tap(Cluster.NextId(), _token, _building, Direction.Toggle))).Outcome.ShouldBe(PassageOutcome.Admitted);

    // As the registry does it: first the row, then the card's grain, then the answer.
    private async Task Change(RegistryRow row)
    {
        await Cluster.Register(row);
        await Cluster.Card(_token).Reload();
    }

    private Task<string[]> MessagesOf(Func<Task> operation) => Cluster.Messages.During(operation);
}
