using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M3")]
public sealed class StopListTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_list_holds_for_the_very_next_sale_survives_a_deactivation_and_so_does_its_lifting()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000));
        var list = new StopList(Allergens.Milk, buffet: StopStrength.Soft, products: new ProductStop(Given.Seller, "COLA", StopStrength.Hard));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);

        await account.Change(Given.StopListChange(_cluster.NextId(), list));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.StopList);
        await _cluster.Deactivate(account);

        var refused = await Sell(account);
        (refused.Refusal, refused.Lines).ShouldBe((AccountRefusal.StopList, LineSet.Of(0)));
        (await account.Get()).ShouldNotBeNull().Profile.StopList.ShouldBe(list);

        await account.Change(Given.StopListChange(_cluster.NextId(), null));
        await _cluster.Deactivate(account);
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public async Task Limits_and_list_do_not_forget_each_other()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000));
        var list = new StopList(Allergens.Fish);

        await account.Change(Given.StopListChange(_cluster.NextId(), list));
        await account.Change(Given.LimitChange(_cluster.NextId(), 5_000, ProductCategory.Buffet));
        await _cluster.Deactivate(account);
        await account.Change(Given.StopListChange(_cluster.NextId(), null));
        await _cluster.Deactivate(account);

        (await account.Get()).ShouldNotBeNull().Profile.ShouldSatisfyAllConditions(
            profile => profile.StopList.ShouldBeNull(), profile => profile.BuffetLimit.ShouldBe(new Money(5_000)), profile => profile.Version.ShouldBe(4));
    }

    [Fact]
    public async Task An_exception_is_answered_the_same_again_when_whoever_made_it_may_no_longer()
    {
        var number = await silo.NewAccount(meal: 100_000);
        var account = _cluster.Account(number);
        await account.Change(Given.StopListChange(_cluster.NextId(), new StopList(Allergens.Milk)));
        var sale = Given.Sale(_cluster.NextId()) with { Override = new OverrideRequest(Given.Number(77), "It is all there is") };

        var first = await account.Sell(sale, CardRefusal.None);
        var again = await account.Sell(sale with { Override = sale.Override with { By = null } }, CardRefusal.None);

        again.ShouldBe(first);
        first.Refusal.ShouldBe(AccountRefusal.None);
        (await _cluster.Ledger(number))[^1].Override.ShouldBe(new StopOverride(Given.Number(77), "It is all there is", LineSet.Of(0)));
    }

    private ValueTask<AccountAnswer> Sell(IAccountGrain account) => account.Sell(Given.Sale(_cluster.NextId()), CardRefusal.None);
}
