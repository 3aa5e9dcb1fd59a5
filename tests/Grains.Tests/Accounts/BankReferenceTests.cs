using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M9")]
public sealed class BankReferenceTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_payment_told_twice_under_two_ids_is_one_top_up()
    {
        var number = await silo.NewAccount();
        var account = _cluster.Account(number);
        var first = await account.TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"ONE-{number}"));

        var second = await account.TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"ONE-{number}"));
        await _cluster.Deactivate(account);
        var third = await account.TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"ONE-{number}"));

        first.Meal.ShouldBe(new Money(5_000));
        second.ShouldBe(first);
        third.ShouldBe(first);
        (await _cluster.Ledger(number)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reference_that_paid_for_another_amount_or_purse_is_an_error()
    {
        var number = await silo.NewAccount();
        var account = _cluster.Account(number);
        await account.TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"TWO-{number}"));

        foreach (var other in (TopUp[])
                 [
                     Given.TopUp(_cluster.NextId(), 5_001, $"TWO-{number}"),
                     Given.TopUp(_cluster.NextId(), 5_000, $"TWO-{number}", Purse.Transport),
                 ])
            (await Should.ThrowAsync<OperationReusedException>(async () => await account.TopUp(other))).Field.ShouldBe("bank_reference");

        (await _cluster.Ledger(number)).ShouldHaveSingleItem();
        (await account.Get()).ShouldNotBeNull().Meal.ShouldBe(new Money(5_000));
    }

    [Fact]
    public async Task A_reference_that_paid_for_another_account_is_an_error()
    {
        var (paid, other) = (await silo.NewAccount(), await silo.NewAccount());
        await _cluster.Account(paid).TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"THREE-{paid}"));

        var fault = await Should.ThrowAsync<OperationReusedException>(async () =>
            await _cluster.Account(other).TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"THREE-{paid}")));

        fault.Field.ShouldBe("bank_reference");
        (await _cluster.Ledger(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_provider_may_use_the_same_reference()
    {
        var number = await silo.NewAccount();
        var account = _cluster.Account(number);
        var topUp = Given.TopUp(_cluster.NextId(), 5_000, $"FOUR-{number}");
        await account.TopUp(topUp);

        var other = await account.TopUp(topUp with { Operation = _cluster.NextId(), Reference = topUp.Reference with { Provider = 4 } });

        other.Meal.ShouldBe(new Money(10_000));
    }

    [Fact]
    public async Task Of_two_accounts_that_claim_one_payment_at_the_same_time_one_gets_it()
    {
        var numbers = new[] { await silo.NewAccount(), await silo.NewAccount() };
        // Both have found the reference free before either is written.
        HeldAppend[] barriers = [_cluster.Script.HoldNext(), _cluster.Script.HoldNext()];
        var claims = numbers.Select(number => _cluster.Account(number).TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"FIVE-{numbers[0]}")).AsTask()).ToArray();
        foreach (var barrier in barriers) await barrier.Reached;
        foreach (var barrier in barriers) barrier.Release();

        await Tasks.AllEnded(claims);

        claims.Count(claim => claim.IsCompletedSuccessfully).ShouldBe(1);
        var loser = Array.FindIndex(claims, claim => claim.IsFaulted);
        claims[loser].Exception!.InnerException.ShouldBeOfType<StaleActivationException>();
        (await Should.ThrowAsync<OperationReusedException>(async () =>
            await _cluster.Account(numbers[loser]).TopUp(Given.TopUp(_cluster.NextId(), 5_000, $"FIVE-{numbers[0]}")))).Field.ShouldBe("bank_reference");
        (await _cluster.Ledger(numbers[loser])).ShouldBeEmpty();
        (await _cluster.Account(numbers[1 - loser]).Get()).ShouldNotBeNull().Meal.ShouldBe(new Money(5_000));
    }
}
