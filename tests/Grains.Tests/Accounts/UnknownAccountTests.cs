using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
public sealed class UnknownAccountTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task An_account_that_nobody_registered_refuses_everything_and_is_not_kept()
    {
        _cluster.Clock.Set(Given.Morning);
        var number = Given.Number(silo.Next());
        var account = _cluster.Account(number);

        (await account.Get()).ShouldBeNull();
        (await account.Sell(Given.Sale(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Reverse(Given.Reversal(_cluster.NextId(), 1))).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.TopUp(Given.TopUp(_cluster.NextId(), 100, $"NOBODY-{number}"))).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Change(Given.LimitChange(_cluster.NextId(), 100))).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Ride(Given.Ride(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Redeem(Given.Redemption(_cluster.NextId()), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Change(Given.EntitlementChange(_cluster.NextId(), null))).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        (await account.Change(Given.StopListChange(_cluster.NextId(), null))).Refusal.ShouldBe(AccountRefusal.AccountUnknown);
        await _cluster.Gone(account);
        (await _cluster.Ledger(number)).ShouldBeEmpty();

        // Registered the next minute, it works at once.
        await _cluster.Register(Given.AccountRow(number));
        (await account.TopUp(Given.TopUp(_cluster.NextId(), 100, $"NOBODY-{number}"))).Meal.ShouldBe(new Money(100));
    }

    [Fact]
    public async Task A_number_with_a_wrong_check_digit_is_nobodys()
    {
        var number = Given.Number(silo.Next()).Value;
        var mistyped = _cluster.Silos[0].ServiceProvider.GetService(typeof(IGrainFactory)).ShouldBeAssignableTo<IGrainFactory>()!
            .GetGrain<IAccountGrain>(number / 10 * 10 + (number + 1) % 10);

        (await mistyped.Get()).ShouldBeNull();
    }
}
