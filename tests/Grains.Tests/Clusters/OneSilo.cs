namespace Zvonok.Grains.Tests.Clusters;

/// <summary>One silo for the tests that need no other; each works with accounts, buildings and cards of its own.</summary>
[CollectionDefinition(nameof(OneSilo))]
public sealed class OneSilo : WithCluster, ICollectionFixture<OneSilo>
{
    private int _last;

    /// <summary>A number that no other test has.</summary>
    public int Next() => Interlocked.Increment(ref _last);

    /// <summary>A registered account; the clock is back at <see cref="Given.Morning"/>.</summary>
    public async Task<AccountNumber> NewAccount(long meal = 0, long? limit = null, string zone = Given.Zone)
    {
        Cluster.Clock.Set(Given.Morning);
        var number = Given.Number(Next());
        await Cluster.Register(Given.AccountRow(number, limit, zone));
        if (meal > 0) (await Cluster.Account(number).TopUp(Given.TopUp(Cluster.NextId(), meal, $"FIRST-{number}"))).Refusal.ShouldBe(AccountRefusal.None);
        return number;
    }

    /// <summary>A registered building; the clock is back at <see cref="Given.Morning"/>.</summary>
    public async Task<BuildingId> NewBuilding()
    {
        Cluster.Clock.Set(Given.Morning);
        var id = new BuildingId(Next());
        await Cluster.Register(Given.BuildingRow(id));
        return id;
    }
}
