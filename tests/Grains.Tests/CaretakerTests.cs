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
        await Cluster.Rounds.OneMore<TransferChore>();
        (await Cluster.Account(sister).Get())!.Meal.ShouldBe(new Money(1_000));

        await Cluster.Kill(1);
        await LeaveHalfDone(child, sister);
        await Cluster.Rounds.OneMore<TransferChore>();
        (await Cluster.Account(sister).Get())!.Meal.ShouldBe(new Money(2_000));
        (await Cluster.Part<ITransferLog>().List(1)).Count.ShouldBe(0);
        await Cluster.Audit();
    }

    [Fact]
    [Trait("Rule", "M6")]
    public async Task A_day_is_closed_once_hours_after_it_is_over_and_days_that_were_missed_are_caught_up()
    {
        var (school, child) = (new BuildingId(1501), Given.Number(1));
        await Cluster.Register(Given.BuildingRow(school), Given.AccountRow(child));
        await Cluster.Account(child).TopUp(Given.TopUp(Cluster.NextId(), 50_000, "FIRST"));
        // It may have looked before there was a school.
        Cluster.Clock.Advance(Duration.FromMinutes(2));
        await Closed(new LocalDate(2026, 8, 31));
        await Cluster.Account(child).ChangeOrders(Given.OrderChange(Cluster.NextId(), placed: [Given.Order(), Given.Order(days: 2, isKept: true), Given.Order(days: 9)]));

        // Nobody was there for some days: 2 September, 3:59 in Moscow, then 5 September, 4:01.
        Cluster.Clock.Set(Instant.FromUtc(2026, 9, 3, 0, 59));
        await Closed(new LocalDate(2026, 9, 1));
        (await Cluster.Account(child).ListOrders())!.Length.ShouldBe(3);
        Cluster.Clock.Set(Instant.FromUtc(2026, 9, 5, 1, 1));
        await Closed(new LocalDate(2026, 9, 4));

        (await Cluster.Account(child).ListOrders())!.ShouldHaveSingleItem().Order.Day.ShouldBe(new LocalDate(2026, 9, 10));
        (await Cluster.Account(child).Get())!.Meal.ShouldBe(new Money(30_000), "one is refunded, one is kept, one is open");
        await Cluster.Audit();
    }

    private async Task Closed(LocalDate until)
    {
        await Cluster.Rounds.OneMore<DayCloseChore>();
        (await Cluster.Part<IDayLog>().List()).Single().ClosedUntil.ShouldBe(until);
    }

    private async Task LeaveHalfDone(AccountNumber child, AccountNumber sister)
    {
        // An account that lived on the silo that has died is found elsewhere when its death is known.
        (await Tasks.UntilAnswered(() => Cluster.Account(child).Transfer(Given.Transfer(Cluster.NextId(), sister, 1_000)).AsTask())).Refusal.ShouldBe(AccountRefusal.None);
        Cluster.Clock.Advance(Duration.FromMinutes(1));
    }
}
