using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests;

/// <summary>What waits for one grain is bounded.</summary>
public sealed class QueueTests() : WithCluster(queueMax: QueueMax)
{
    private const int QueueMax = 5;
    private const int Callers = 40;

    [Fact]
    [Trait("Rule", "D3")]
    public async Task Beyond_the_bound_a_caller_is_refused_at_once_and_the_others_are_served()
    {
        var number = Given.Number(1);
        await Cluster.Register(Given.AccountRow(number));
        var account = Cluster.Account(number);
        await account.TopUp(Given.TopUp(Cluster.NextId(), 100_000, "QUEUE"));

        var barrier = Cluster.Script.HoldNext();
        var held = account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None).AsTask();
        await barrier.Reached;
        var calls = Enumerable.Range(0, Callers).Select(_ => account.Sell(Given.Sale(Cluster.NextId(), 100), CardRefusal.None).AsTask()).ToArray();

        // Answered while the account can do nothing: that is at once.
        var refused = new List<Task>();
        await foreach (var call in Task.WhenEach(calls).WithCancellation(new CancellationTokenSource(TestCluster.Deadline).Token))
        {
            refused.Add(call);
            if (refused.Count >= Callers - QueueMax - 1) break;
        }

        held.IsCompleted.ShouldBeFalse();
        refused.ShouldAllBe(call => call.IsFaulted && call.Exception!.InnerException is LimitExceededException);

        barrier.Release();
        await held;
        await Tasks.AllEnded(calls);
        var served = calls.Count(call => call.IsCompletedSuccessfully);
        served.ShouldBeInRange(1, QueueMax + 1);
        (await Cluster.Ledger(number)).Count.ShouldBe(2 + served);
    }
}
