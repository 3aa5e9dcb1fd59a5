using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests;

/// <summary>What nobody drives any longer is finished all the same.</summary>
public sealed class CaretakerTests() : WithCluster(silos: 2, chores: true)
{
    [Fact]
    [Trait("Rule", "M11")]
    public async Task A_transfer_that_was_left_half_done_is_finished_and_it_comes_back_with_another_silo_when_its_own_dies()
    {
        var (child, sister) = (Given.Number(1), Given.Number(2));
        await Cluster.Register(Given.AccountRow(child), Given.AccountRow(sister));
        await Cluster.Account(child).TopUp(Given.TopUp(Cluster.NextId(), 50_000, "FIRST"));

        await LeaveHalfDone(child, sister);
        await Eventually(async () => (await Cluster.Account(sister).Get())!.Meal == new Money(1_000));

        await Cluster.Kill(1);
        await LeaveHalfDone(child, sister);
        await Eventually(async () => (await Cluster.Account(sister).Get())!.Meal == new Money(2_000));
        await Eventually(async () => (await Cluster.Part<ITransferLog>().List(1)).Count == 0);
        await Cluster.Audit();
    }

    private async Task LeaveHalfDone(AccountNumber child, AccountNumber sister)
    {
        await Eventually(async () => (await Cluster.Account(child).Transfer(Given.Transfer(Cluster.NextId(), sister, 1_000))).Refusal == AccountRefusal.None);
        Cluster.Clock.Advance(Duration.FromMinutes(1));
    }

    // The caretaker looks every few seconds of the real clock, and a silo's death is known after as long.
    private static async Task Eventually(Func<Task<bool>> isSo)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await isSo()) return;
            }
            catch (OrleansException)
            {
                // It was where nobody is any longer.
            }

            TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(TestCluster.Deadline);
            await Task.Delay(100);
        }
    }
}
