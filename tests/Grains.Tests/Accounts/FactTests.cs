using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>What a terminal uploads meets an account that may know of it already, or may have refused it.</summary>
[Collection(nameof(OneSilo))]
[Trait("Rule", "O3")]
public sealed class FactTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sale_that_was_granted_and_never_answered_is_not_sold_twice(bool isDeactivated)
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 50_000));
        var sale = Given.Sale(_cluster.NextId());
        var granted = await account.Sell(sale, CardRefusal.None);
        if (isDeactivated) await _cluster.Deactivate(account);

        (await account.Sell(sale with { IsFact = true, EventTime = Given.Morning }, CardRefusal.None)).ShouldBe(granted);

        (await account.Get())!.ShouldSatisfyAllConditions(view => view.Seq.ShouldBe(2), view => view.Meal.ShouldBe(new Money(40_000)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sale_that_was_refused_and_happened_all_the_same_is_written_down_once(bool isDeactivated)
    {
        var number = await silo.NewAccount(meal: 5_000);
        var account = _cluster.Account(number);
        var sale = Given.Sale(_cluster.NextId());
        (await account.Sell(sale, CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        if (isDeactivated) await _cluster.Deactivate(account);

        var merged = await account.Sell(sale with { IsFact = true }, CardRefusal.None);
        var repeats = new[] { await account.Sell(sale with { IsFact = true }, CardRefusal.None), await account.Sell(sale, CardRefusal.None) };

        (merged.Refusal, merged.Meal).ShouldBe((AccountRefusal.None, new Money(-5_000)));
        repeats.ShouldAllBe(repeat => repeat == merged);
        (await _cluster.Ledger(number))[^1].ShouldSatisfyAllConditions(entry => entry.Seq.ShouldBe(2), entry => entry.Marks.ShouldBe(FactMarks.Overdrawn));
        await Should.ThrowAsync<OperationReusedException>(async () => await account.Sell(Given.Sale(sale.Operation, 1) with { IsFact = true }, CardRefusal.None));
    }

    [Fact]
    public async Task Of_the_same_fact_at_the_same_time_one_is_written()
    {
        var number = await silo.NewAccount(meal: 0);
        var account = _cluster.Account(number);
        var facts = Enumerable.Range(0, 5).Select(_ => Given.Sale(_cluster.NextId(), 1_000) with { IsFact = true }).ToList();

        var answers = await Task.WhenAll(facts.Concat(facts).Concat(facts).Select(fact => account.Sell(fact, CardRefusal.Lost).AsTask()));

        answers.ShouldAllBe(answer => answer.Refusal == AccountRefusal.None);
        answers.Select(answer => answer.Seq).Distinct().Count().ShouldBe(5);
        (await account.Get())!.Meal.ShouldBe(new Money(-5_000));
    }

    [Fact]
    public async Task A_fact_whose_commit_was_not_answered_is_there_when_it_comes_again()
    {
        var account = _cluster.Account(await silo.NewAccount());
        var ride = Given.Ride(_cluster.NextId()) with { IsFact = true };
        _cluster.Script.LoseNextAnswer();
        await Should.ThrowAsync<JournalUnavailableException>(async () => await account.Ride(ride, CardRefusal.None));

        (await account.Ride(ride, CardRefusal.None)).ShouldSatisfyAllConditions(answer => answer.Refusal.ShouldBe(AccountRefusal.None), answer => answer.Transport.ShouldBe(new Money(-4_600)));
        (await account.Get())!.Transport.ShouldBe(new Money(-4_600));
    }

    [Fact]
    [Trait("Rule", "M6")]
    public async Task What_was_fetched_while_its_day_was_closed_is_charged_when_the_till_comes_back()
    {
        var number = await silo.NewAccount(meal: 10_000);
        var account = _cluster.Account(number);
        (await account.ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: Given.Order()))).Refusal.ShouldBe(AccountRefusal.None);
        _cluster.Clock.Advance(Duration.FromHours(24));
        var fetched = Given.OrderRedemption(_cluster.NextId()) with { IsFact = true, EventTime = _cluster.Clock.GetCurrentInstant() };
        _cluster.Clock.Advance(Duration.FromHours(24));
        (await account.ExpireOrder((await account.ListOrders())![0].Expiry(number))).Meal.ShouldBe(new Money(10_000));

        var merged = await account.RedeemOrder(fetched, CardRefusal.None);
        await _cluster.Deactivate(account);

        (merged.Refusal, merged.Meal).ShouldBe((AccountRefusal.None, Money.Zero));
        (await account.RedeemOrder(fetched, CardRefusal.None)).ShouldBe(merged);
        (await _cluster.Ledger(number))[^1].ShouldSatisfyAllConditions(entry => entry.Kind.ShouldBe(EntryKind.Sale), entry => entry.Marks.ShouldBe(FactMarks.NotOrdered));
    }

    [Fact]
    public async Task An_open_order_that_was_fetched_is_open_no_longer()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 10_000));
        (await account.ChangeOrders(Given.OrderChange(_cluster.NextId(), placed: Given.Order()))).Refusal.ShouldBe(AccountRefusal.None);
        _cluster.Clock.Advance(Duration.FromHours(24));

        (await account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()) with { IsFact = true }, CardRefusal.Blocked)).Refusal.ShouldBe(AccountRefusal.None);
        await _cluster.Deactivate(account);

        (await account.ListOrders())!.ShouldBeEmpty();
        (await account.RedeemOrder(Given.OrderRedemption(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.NotOrdered);
    }
}
