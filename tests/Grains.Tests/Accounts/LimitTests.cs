using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
public sealed class LimitTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_limit_holds_for_the_very_next_sale_and_so_does_its_lifting()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000));
        (await Sell(account, 3_000)).Refusal.ShouldBe(AccountRefusal.None);

        await account.Change(Given.LimitChange(_cluster.NextId(), 5_000));
        (await Sell(account, 2_001)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        (await Sell(account, 2_000)).Refusal.ShouldBe(AccountRefusal.None);

        await account.Change(Given.LimitChange(_cluster.NextId(), null));
        (await Sell(account, 2_001)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_limit_stands_in_one_order_with_the_sales_around_it()
    {
        var number = await silo.NewAccount(meal: 100_000);
        var account = _cluster.Account(number);
        var sales = Enumerable.Range(0, 120).Select(_ => Given.Sale(_cluster.NextId(), 100)).ToArray();
        var change = Given.LimitChange(_cluster.NextId(), 4_000);
        foreach (var sale in sales[..10]) await account.Sell(sale, CardRefusal.None);

        // In which order they arrive is open; that they have one is not.
        var limit = account.Change(change).AsTask();
        var answers = await Task.WhenAll(sales[10..].Select(sale => account.Sell(sale, CardRefusal.None).AsTask()));

        var changed = (await limit).Seq;
        var ledger = await _cluster.Ledger(number);
        var before = ledger.Count(entry => entry.Kind == EntryKind.Sale && entry.Seq < changed);
        var sold = Math.Max(before, 40);
        ledger.Count(entry => entry.Kind == EntryKind.Sale).ShouldBe(sold);
        answers.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(sold - 10);
        answers.Count(answer => answer.Refusal == AccountRefusal.DailyLimit).ShouldBe(120 - sold);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task A_limit_survives_a_deactivation()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000, limit: 9_000));
        await account.Change(Given.LimitChange(_cluster.NextId(), 5_000));
        (await Sell(account, 3_000)).Refusal.ShouldBe(AccountRefusal.None);

        await _cluster.Deactivate(account);

        (await Sell(account, 2_001)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        (await account.Get()).ShouldNotBeNull().ShouldSatisfyAllConditions(
            view => view.SpentToday.ShouldBe(new Money(3_000)),
            view => view.Profile.DailyLimit.ShouldBe(new Money(5_000)),
            view => view.Profile.Version.ShouldBe(2));
    }

    [Fact]
    [Trait("Rule", "M2")]
    public async Task The_limits_of_both_categories_and_what_is_spent_in_each_survive_a_deactivation()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000));
        await account.Change(Given.LimitChange(_cluster.NextId(), 4_000, ProductCategory.Buffet));
        await account.Change(Given.LimitChange(_cluster.NextId(), 5_000, ProductCategory.HotMeal));
        (await Sell(account, 5_000)).Refusal.ShouldBe(AccountRefusal.None);
        (await Buy(account, 3_000)).Refusal.ShouldBe(AccountRefusal.None);

        await _cluster.Deactivate(account);

        var refused = await Buy(account, 1_001);
        refused.Refusal.ShouldBe(AccountRefusal.CategoryLimit);
        refused.Lines.Indexes().ShouldBe([0]);
        (await Sell(account, 1)).Refusal.ShouldBe(AccountRefusal.CategoryLimit);
        (await Buy(account, 1_000)).Refusal.ShouldBe(AccountRefusal.None);
        (await account.Get()).ShouldNotBeNull().ShouldSatisfyAllConditions(
            view => view.SpentToday.ShouldBe(new Money(9_000)),
            view => view.SpentInBuffetToday.ShouldBe(new Money(4_000)),
            view => view.Profile.DailyLimit.ShouldBeNull(),
            view => view.Profile.HotMealLimit.ShouldBe(new Money(5_000)),
            view => view.Profile.BuffetLimit.ShouldBe(new Money(4_000)));
    }

    [Fact]
    [Trait("Rule", "M10")]
    public async Task The_limit_of_rides_and_what_is_spent_on_them_survive_a_deactivation()
    {
        var number = await silo.NewAccount();
        var account = _cluster.Account(number);
        await account.TopUp(Given.TopUp(_cluster.NextId(), 50_000, $"RIDES-{number}", Purse.Transport));
        await account.Change(Given.LimitChange(_cluster.NextId(), 10_000) with { Purse = Purse.Transport });
        (await account.Ride(Given.Ride(_cluster.NextId()), CardRefusal.None)).Transport.ShouldBe(new Money(45_400));

        await _cluster.Deactivate(account);

        (await account.Ride(Given.Ride(_cluster.NextId(), 5_401), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        (await account.Ride(Given.Ride(_cluster.NextId(), 5_400), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);
        (await account.Get()).ShouldNotBeNull().ShouldSatisfyAllConditions(
            view => view.SpentOnRidesToday.ShouldBe(new Money(10_000)), view => view.SpentToday.ShouldBe(Money.Zero), view => view.Profile.RideLimit.ShouldBe(new Money(10_000)));
    }

    [Fact]
    [Trait("Rule", "M8")]
    public async Task A_reversal_gives_the_day_its_money_back_once()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000, limit: 5_000));
        var sale = await Sell(account, 5_000);
        (await Sell(account, 1)).Refusal.ShouldBe(AccountRefusal.DailyLimit);

        (await account.Reverse(Given.Reversal(_cluster.NextId(), sale.Seq))).Meal.ShouldBe(new Money(100_000));
        await _cluster.Deactivate(account);
        (await account.Reverse(Given.Reversal(_cluster.NextId(), sale.Seq))).Refusal.ShouldBe(AccountRefusal.AlreadyReversed);
        (await Sell(account, 5_000)).Refusal.ShouldBe(AccountRefusal.None);
    }

    private ValueTask<AccountAnswer> Buy(IAccountGrain account, long price)
    {
        var sale = Given.Sale(_cluster.NextId(), price);
        return account.Sell(sale with { Lines = [sale.Lines[0] with { ProductCode = "BUN", Category = ProductCategory.Buffet }] }, CardRefusal.None);
    }

    private ValueTask<AccountAnswer> Sell(IAccountGrain account, long total) => account.Sell(Given.Sale(_cluster.NextId(), total), CardRefusal.None);
}
