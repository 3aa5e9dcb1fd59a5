using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>One cluster of two silos: messages cross the wire between them.</summary>
public sealed class TwoSilosTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.Start(_directory.Path, silos: 2);

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _directory.Remove();
    }

    [Fact]
    public async Task Answers_and_errors_are_the_same_from_either_silo()
    {
        var numbers = Enumerable.Range(1, 12).Select(Given.Number).ToArray();
        await _cluster.Register([.. numbers.Select(number => Given.AccountRow(number))]);
        foreach (var number in numbers)
        {
            var (operation, reused) = (_cluster.NextId(), _cluster.NextId());
            var topUp = Given.TopUp(operation, 50_000, $"BOTH-{number}");
            var first = await _cluster.AccountFrom(0, number).TopUp(topUp);
            (await _cluster.AccountFrom(1, number).TopUp(topUp)).ShouldBe(first);

            var sale = Given.Sale(reused, 700);
            var sold = await _cluster.AccountFrom(1, number).Sell(sale, CardRefusal.None);
            (await _cluster.AccountFrom(0, number).Sell(sale, CardRefusal.None)).ShouldBe(sold);
            for (var silo = 0; silo < 2; silo++)
            {
                var fault = await Should.ThrowAsync<OperationReusedException>(async () => await _cluster.AccountFrom(silo, number).Sell(Given.Sale(reused, 800), CardRefusal.None));
                fault.Field.ShouldBe("operation_id");
                (await _cluster.AccountFrom(silo, number).Get()).ShouldNotBeNull().Meal.ShouldBe(new Money(49_300));
            }
        }
    }

    [Fact]
    public async Task When_a_silo_dies_its_accounts_go_on_from_the_newest_entries()
    {
        var numbers = Enumerable.Range(1, 12).Select(Given.Number).ToArray();
        await _cluster.Register([.. numbers.Select(number => Given.AccountRow(number))]);
        var done = new Dictionary<AccountNumber, (TopUp TopUp, AccountAnswer Answer)>();
        foreach (var number in numbers)
        {
            var topUp = Given.TopUp(_cluster.NextId(), 50_000, $"DIES-{number}");
            done[number] = (topUp, await _cluster.Account(number).TopUp(topUp));
        }

        await _cluster.Kill(1);

        foreach (var (number, (topUp, answer)) in done)
        {
            (await Insist(() => _cluster.Account(number).TopUp(topUp))).ShouldBe(answer);
            (await Insist(() => _cluster.Account(number).Sell(Given.Sale(topUp.Operation with { }, 1), CardRefusal.Lost), expectReuse: true)).ShouldBeNull();
            (await Insist(() => _cluster.Account(number).TopUp(Given.TopUp(_cluster.NextId(), 1, $"AFTER-{number}")))).ShouldNotBeNull().Seq.ShouldBe(2);
        }

        await _cluster.Audit();
    }

    // While the cluster finds out who is left, calls may be lost; the operation id makes the repeat safe.
    private static async Task<AccountAnswer?> Insist(Func<ValueTask<AccountAnswer>> command, bool expectReuse = false)
    {
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (true)
        {
            try
            {
                return await command();
            }
            catch (OperationReusedException) when (expectReuse)
            {
                return null;
            }
            catch (Exception fault) when (fault is OrleansException or TimeoutException && !deadline.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
