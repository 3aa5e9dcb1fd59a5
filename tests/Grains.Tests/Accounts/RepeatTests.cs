using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>A repeat is recognised for ever, whatever the grain still remembers.</summary>
[Collection(nameof(OneSilo))]
public sealed class RepeatTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    public static TheoryData<CommandKind> Kinds => [.. Enum.GetValues<CommandKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task After_a_deactivation_a_repeat_is_known_from_the_newest_entries(CommandKind kind)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var first = await account.Do(kind, operation);
        await _cluster.Deactivate(account.Grain);
        var lookUps = _cluster.Reads.LookUps;

        (await account.Do(kind, operation)).ShouldBe(first);
        await Should.ThrowAsync<OperationReusedException>(async () => await account.Do(kind, operation, version: 1));

        _cluster.Reads.LookUps.ShouldBe(lookUps);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_100_later_operations_a_repeat_is_looked_up(bool isDeactivated)
    {
        var account = await AccountCase.Create(silo);
        var operation = _cluster.NextId();
        var first = await account.Do(CommandKind.Sale, operation);
        for (var later = 0; later < 100; later++) await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);
        if (isDeactivated) await _cluster.Deactivate(account.Grain);
        var lookUps = _cluster.Reads.LookUps;

        (await account.Do(CommandKind.Sale, operation)).ShouldBe(first);
        await Should.ThrowAsync<OperationReusedException>(async () => await account.Do(CommandKind.Sale, operation, version: 1));

        _cluster.Reads.LookUps.ShouldBe(lookUps + 2);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq + 100);
    }

    [Fact]
    public async Task The_usual_new_operation_needs_no_look_up_however_much_is_forgotten()
    {
        var account = await AccountCase.Create(silo);
        for (var later = 0; later < 100; later++) await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);
        var lookUps = _cluster.Reads.LookUps;

        await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);
        await _cluster.Deactivate(account.Grain);
        await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);

        _cluster.Reads.LookUps.ShouldBe(lookUps);
    }

    [Fact]
    public async Task A_late_operation_made_before_what_is_forgotten_is_looked_up_and_done_once()
    {
        var account = await AccountCase.Create(silo);
        var late = _cluster.NextId();
        for (var later = 0; later < 100; later++) await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);
        var lookUps = _cluster.Reads.LookUps;

        var first = await account.Do(CommandKind.Sale, late);
        var again = await account.Do(CommandKind.Sale, late);

        first.Seq.ShouldBe(AccountCase.NextSeq + 100);
        again.ShouldBe(first);
        _cluster.Reads.LookUps.ShouldBe(lookUps + 1);

        // Forgotten once more, it is found where it was written, far behind its making time's place.
        for (var later = 0; later < 100; later++) await account.Grain.Sell(Given.Sale(_cluster.NextId(), 10), CardRefusal.None);
        await _cluster.Deactivate(account.Grain);
        (await account.Do(CommandKind.Sale, late)).ShouldBe(first);
        (await account.Ledger()).Count.ShouldBe((int)AccountCase.NextSeq + 200);
    }

    [Fact]
    public async Task A_refusal_is_remembered_while_the_account_is_active()
    {
        var number = await silo.NewAccount(meal: 100);
        var account = _cluster.Account(number);
        var operation = _cluster.NextId();
        (await account.Sell(Given.Sale(operation, 500), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        await account.TopUp(Given.TopUp(_cluster.NextId(), 1_000, $"LATER-{number}"));

        (await account.Sell(Given.Sale(operation, 500), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        await Should.ThrowAsync<OperationReusedException>(async () => await account.Sell(Given.Sale(operation, 50), CardRefusal.None));
        (await account.Sell(Given.Sale(_cluster.NextId(), 500), CardRefusal.None)).Refusal.ShouldBe(AccountRefusal.None);

        // What was refused was never written, so a new activation decides by what it finds.
        await _cluster.Deactivate(account);
        (await account.Sell(Given.Sale(operation, 500), CardRefusal.None)).ShouldSatisfyAllConditions(
            answer => answer.Refusal.ShouldBe(AccountRefusal.None),
            answer => answer.Meal.ShouldBe(new Money(100)));
    }
}
