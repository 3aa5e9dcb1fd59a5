using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M13")]
public sealed class FeeTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_repeat_gets_the_first_answer_though_the_fee_costs_something_else_by_now()
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 50_000));
        var operation = _cluster.NextId();
        var first = await account.Charge(Given.Fee(operation, 0));

        (await account.Charge(Given.Fee(operation, 20_000))).ShouldBe(first);
        await _cluster.Deactivate(account);
        (await account.Charge(Given.Fee(operation, 30_000))).ShouldBe(first);

        first.Meal.ShouldBe(new Money(50_000));
    }

    [Fact]
    [Trait("Rule", "M9")]
    public async Task A_payment_at_a_bank_pays_once_and_one_thing()
    {
        var number = await silo.NewAccount(meal: 50_000);
        var account = _cluster.Account(number);
        var reference = new BankReference(3, $"FEE-{number}");
        var first = await account.Charge(Given.Fee(_cluster.NextId(), 20_000) with { Reference = reference });

        // The provider tells of it under another operation id.
        (await account.Charge(Given.Fee(_cluster.NextId(), 20_000) with { Reference = reference })).ShouldBe(first);
        (first.Seq, first.Meal).ShouldBe((2, new Money(50_000)));
        (await Should.ThrowAsync<OperationReusedException>(async () => await account.TopUp(Given.TopUp(_cluster.NextId(), 20_000, reference.Reference)))).Field.ShouldBe("bank_reference");
        var other = _cluster.Account(await silo.NewAccount());
        await Should.ThrowAsync<OperationReusedException>(async () => await other.Charge(Given.Fee(_cluster.NextId(), 20_000) with { Reference = reference }));
        await account.TopUp(Given.TopUp(_cluster.NextId(), 100, $"TOPUP-{number}"));
        await Should.ThrowAsync<OperationReusedException>(async () => await account.Charge(Given.Fee(_cluster.NextId(), 100) with { Reference = new BankReference(3, $"TOPUP-{number}") }));
    }
}
