using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>Two clusters that know nothing of one another, on one file: every account has two activations.</summary>
public sealed class SplitTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private TestCluster _left = null!;
    private TestCluster _right = null!;
    private AccountNumber _number;

    public async Task InitializeAsync()
    {
        (_left, _right) = (await TestCluster.Start(_directory.Path), await TestCluster.Start(_directory.Path));
        _number = Given.Number(1);
        await _left.Register(Given.AccountRow(_number));
        await _left.Account(_number).TopUp(Given.TopUp(_left.NextId(), 1_000_000, "SPLIT"));
    }

    public async Task DisposeAsync()
    {
        await _left.DisposeAsync();
        await _right.DisposeAsync();
        _directory.Remove();
    }

    [Fact]
    public async Task A_stale_activation_is_shut_out_and_the_next_one_knows_the_truth()
    {
        (await _right.Account(_number).Get()).ShouldNotBeNull().Seq.ShouldBe(1);
        (await Sell(_left, Given.Sale(_left.NextId(), 100))).Seq.ShouldBe(2);
        var sale = Given.Sale(Later(), 100);

        await Should.ThrowAsync<StaleActivationException>(async () => await Sell(_right, sale));
        var answer = await Sell(_right, sale);

        answer.Seq.ShouldBe(3);
        answer.Meal.ShouldBe(new Money(1_000_000 - 200));
    }

    [Fact]
    public async Task An_operation_done_by_the_other_activation_gets_its_answer()
    {
        (await _right.Account(_number).Get()).ShouldNotBeNull();
        var sale = Given.Sale(_left.NextId(), 100);
        var first = await Sell(_left, sale);

        var again = await Insist(_right, sale);

        again.ShouldBe(first);
        (await _left.Ledger(_number)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_is_not_repeated_when_the_other_activation_has_granted_the_operation()
    {
        await Sell(_left, Given.Sale(_left.NextId(), 900_000));
        var sale = Given.Sale(Later(), 900_000);
        (await Sell(_left, sale)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        (await Sell(_left, sale)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        await _right.Account(_number).TopUp(Given.TopUp(Later(), 1_000_000, "SPLIT-2"));
        var granted = await Sell(_right, sale);

        var again = await Insist(_left, sale);

        granted.Seq.ShouldBe(4);
        again.ShouldBe(granted);
    }

    [Fact]
    public async Task Two_activations_under_fire_never_fork_the_ledger()
    {
        var sales = Enumerable.Range(0, 120).Select(_ => Given.Sale(_left.NextId(), 100)).ToArray();
        _right.Clock.Set(_left.Clock.GetCurrentInstant());

        // Each sale goes to both: whoever is second has to give the first answer.
        var left = Task.WhenAll(sales.Select(sale => Insist(_left, sale)));
        var right = Task.WhenAll(sales.Reverse().Select(sale => Insist(_right, sale)));
        var answers = (await left).Zip((await right).Reverse()).ToArray();

        answers.ShouldAllBe(pair => pair.First == pair.Second);
        var ledger = await _left.Ledger(_number);
        ledger.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, 121).Select(seq => (long)seq));
        ledger.Skip(1).Select(entry => entry.Operation).ShouldBe(sales.Select(sale => sale.Operation), ignoreOrder: true);
        ledger[^1].MealAfter.ShouldBe(new Money(1_000_000 - 12_000));
        await _left.Audit();
    }

    [Fact]
    public async Task Two_activations_of_a_building_number_its_passages_in_one_row()
    {
        var building = new BuildingId(1);
        await _left.Register(Given.BuildingRow(building));
        await _left.Building(building).ChangeMode(Given.ModeChange(_left.NextId(), BuildingMode.Normal));
        await _right.Building(building).Get();
        await _left.Building(building).ChangeMode(Given.ModeChange(_left.NextId(), BuildingMode.Lockdown));

        var change = Given.ModeChange(Later(), BuildingMode.Evacuation);
        await Should.ThrowAsync<StaleActivationException>(async () => await _right.Building(building).ChangeMode(change));

        (await _right.Building(building).Get()).ShouldNotBeNull().Mode.ShouldBe(BuildingMode.Lockdown);
        (await _right.Building(building).ChangeMode(change)).Seq.ShouldBe(3);
    }

    private OperationId Later()
    {
        _right.Clock.Set(_left.Clock.GetCurrentInstant());
        return _right.NextId();
    }

    private Task<AccountAnswer> Sell(TestCluster cluster, Sale sale) => cluster.Account(_number).Sell(sale, CardRefusal.None).AsTask();

    // As the doors and their clients do it.
    private async Task<AccountAnswer> Insist(TestCluster cluster, Sale sale)
    {
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (true)
        {
            try
            {
                return await Sell(cluster, sale);
            }
            catch (Exception fault) when (fault is StaleActivationException or OrleansException && !deadline.IsCancellationRequested)
            {
                // The next call reaches a fresh activation; where many deactivate one another, Orleans may give up a message
                // that found each of them going.
            }
        }
    }
}
