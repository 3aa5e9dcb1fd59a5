using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>One cluster of two silos: messages cross the wire between them.</summary>
public sealed class TwoSilosTests() : WithCluster(silos: 2)
{
    [Fact]
    public async Task Answers_and_errors_are_the_same_from_either_silo()
    {
        var numbers = Enumerable.Range(1, 12).Select(Given.Number).ToArray();
        await Cluster.Register([.. numbers.Select(number => Given.AccountRow(number))]);
        foreach (var number in numbers)
        {
            var (operation, reused) = (Cluster.NextId(), Cluster.NextId());
            var topUp = Given.TopUp(operation, 50_000, $"BOTH-{number}");
            var first = await Cluster.AccountFrom(0, number).TopUp(topUp);
            (await Cluster.AccountFrom(1, number).TopUp(topUp)).ShouldBe(first);

            var sale = Given.Sale(reused, 700);
            var sold = await Cluster.AccountFrom(1, number).Sell(sale, CardRefusal.None);
            (await Cluster.AccountFrom(0, number).Sell(sale, CardRefusal.None)).ShouldBe(sold);
            for (var silo = 0; silo < 2; silo++)
            {
                var fault = await Should.ThrowAsync<OperationReusedException>(async () => await Cluster.AccountFrom(silo, number).Sell(Given.Sale(reused, 800), CardRefusal.None));
                fault.Field.ShouldBe("operation_id");
                (await Cluster.AccountFrom(silo, number).Get()).ShouldNotBeNull().Meal.ShouldBe(new Money(49_300));
            }
        }
    }

    [Fact]
    public async Task When_a_silo_dies_its_accounts_go_on_from_the_newest_entries()
    {
        var numbers = Enumerable.Range(1, 12).Select(Given.Number).ToArray();
        await Cluster.Register([.. numbers.Select(number => Given.AccountRow(number))]);
        var done = new Dictionary<AccountNumber, (TopUp TopUp, AccountAnswer Answer)>();
        foreach (var number in numbers)
        {
            var topUp = Given.TopUp(Cluster.NextId(), 50_000, $"DIES-{number}");
            done[number] = (topUp, await Cluster.Account(number).TopUp(topUp));
        }

        await Cluster.Kill(1);

        foreach (var (number, (topUp, answer)) in done)
        {
            (await Insist(() => Cluster.Account(number).TopUp(topUp))).ShouldBe(answer);
            (await Insist(() => Cluster.Account(number).Sell(Given.Sale(topUp.Operation with { }, 1), CardRefusal.Lost), expectReuse: true)).ShouldBeNull();
            (await Insist(() => Cluster.Account(number).TopUp(Given.TopUp(Cluster.NextId(), 1, $"AFTER-{number}")))).ShouldNotBeNull().Seq.ShouldBe(2);
        }

        await Cluster.Audit();
    }

    // While the cluster finds out who is left, calls may be lost; the operation id makes the repeat safe.
    private static Task<AccountAnswer?> Insist(Func<ValueTask<AccountAnswer>> command, bool expectReuse = false) => Tasks.UntilAnswered<AccountAnswer?>(async () =>
    {
        try
        {
            return await command();
        }
        catch (OperationReusedException) when (expectReuse)
        {
            return null;
        }
    });
}
