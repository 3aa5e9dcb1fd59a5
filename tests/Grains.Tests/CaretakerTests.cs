using Zvonok.Grains.Days;
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

    [Fact]
    [Trait("Rule", "M6")]
    public async Task A_day_is_closed_once_hours_after_it_is_over_and_days_that_were_missed_are_caught_up()
    {
        var (school, child, days) = (new BuildingId(1501), Given.Number(1), Cluster.Part<IDayLog>());
        await Cluster.Register(Given.BuildingRow(school), Given.AccountRow(child));
        await Cluster.Account(child).TopUp(Given.TopUp(Cluster.NextId(), 50_000, "FIRST"));
        // It may have looked before there was a school.
        Cluster.Clock.Advance(Duration.FromMinutes(2));
        await Eventually(async () => (await days.List()).Single().ClosedUntil == new LocalDate(2026, 8, 31));
        await Cluster.Account(child).ChangeOrders(Given.OrderChange(Cluster.NextId(), placed: [Given.Order(), Given.Order(days: 2, isKept: true), Given.Order(days: 9)]));

        // Nobody was there for some days: 2 September, 3:59 in Moscow, then 5 September, 4:01.
        Cluster.Clock.Set(Instant.FromUtc(2026, 9, 3, 0, 59));
        await Eventually(async () => (await days.List()).Single().ClosedUntil == new LocalDate(2026, 9, 1));
        (await Cluster.Account(child).ListOrders())!.Length.ShouldBe(3);
        Cluster.Clock.Set(Instant.FromUtc(2026, 9, 5, 1, 1));
        await Eventually(async () => (await days.List()).Single().ClosedUntil == new LocalDate(2026, 9, 4));

        (await Cluster.Account(child).ListOrders())!.ShouldHaveSingleItem().Order.Day.ShouldBe(new LocalDate(2026, 9, 10));
        (await Cluster.Account(child).Get())!.Meal.ShouldBe(new Money(30_000), "one is refunded, one is kept, one is open");
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
