using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>A cluster on an empty directory, for as long as a test or a collection of tests takes.</summary>
/// <param name="silos">How many.</param>
/// <param name="queueMax">Commands that may wait for a grain.</param>
/// <param name="chores">Whether a caretaker does its chores.</param>
public abstract class WithCluster(short silos = 1, int queueMax = 200, bool chores = false) : IAsyncLifetime
{
    private readonly DataDirectory _directory = new();

    public TestCluster Cluster { get; private set; } = null!;

    /// <summary>Where notices go; null: nobody is told anything.</summary>
    protected virtual INoticeSender? Sender => null;

    public virtual async Task InitializeAsync() => Cluster = await TestCluster.Start(_directory.Path, silos, queueMax, Sender, chores);

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _directory.Remove();
    }
}
