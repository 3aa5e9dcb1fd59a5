using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>The lean working set keeps what Orleans' collection of idle activations needs.</summary>
public sealed class CollectionTests : WithCluster
{
    private const int Accounts = 20;

    [Fact]
    public async Task An_idle_account_leaves_the_memory_and_comes_back_as_it_was()
    {
        var numbers = Enumerable.Range(1, Accounts).Select(Given.Number).ToArray();
        await Cluster.Register([.. numbers.Select(number => Given.AccountRow(number))]);
        foreach (var number in numbers) await Cluster.Account(number).TopUp(Given.TopUp(Cluster.NextId(), 500, $"IDLE-{number}"));
        var management = Service<IGrainFactory>().GetGrain<IManagementGrain>(0);
        (await Alive(management)).ShouldBe(Accounts);
        var before = Service<IActivationWorkingSet>().Count;

        await management.ForceActivationCollection(TimeSpan.Zero);
        foreach (var number in numbers) await Cluster.Gone((IAddressable)Cluster.Account(number));

        (await Alive(management)).ShouldBe(0);
        Service<IActivationWorkingSet>().Count.ShouldBe(before - Accounts);
        foreach (var number in numbers) (await Cluster.Account(number).Get())!.Meal.ShouldBe(new Money(500));
    }

    [Fact]
    public async Task An_account_in_use_stays()
    {
        var number = Given.Number(1);
        await Cluster.Register(Given.AccountRow(number));
        await Cluster.Account(number).TopUp(Given.TopUp(Cluster.NextId(), 500, "USED"));
        var management = Service<IGrainFactory>().GetGrain<IManagementGrain>(0);

        await management.ForceActivationCollection(TimeSpan.FromHours(1));

        (await Alive(management)).ShouldBe(1);
    }

    private T Service<T>()
        where T : notnull => Cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    private static async Task<int> Alive(IManagementGrain management) =>
        (await management.GetSimpleGrainStatistics()).Where(kind => kind.GrainType.Contains("AccountGrain", StringComparison.Ordinal)).Sum(kind => kind.ActivationCount);
}
