using Zvonok.Domain.Accounts;
using Zvonok.Domain.Reports;
using Zvonok.Domain.Tests.Accounts;
using static Zvonok.Domain.Tests.Reports.Life;

namespace Zvonok.Domain.Tests.Reports;

[Trait("Rule", "A4")]
public sealed class ReportTests
{
    private static readonly LocalDate Sunday = new(2026, 9, 6);

    // Meals at public cost on every day, so that reports have something of everything.
    private readonly Ledger _ledger = new(Given.Account() with
    {
        Profile = Given.Account().Profile with
        {
            Entitlements = new EntitlementList([new Entitlement(
                ContraAccount.Budget(5), MealSet.Of(MealKind.Breakfast, MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)), new(2026, 1, 1), new(2026, 12, 31))]),
        },
    });

    private int _operations;

    [Fact]
    [Trait("Rule", "M6")]
    public void What_is_ordered_is_spent_and_had_on_its_day_when_it_is_fetched_or_kept_and_not_before()
    {
        TopUp("2026-09-01 07:00", 100_000);
        var now = Given.Morning;
        _ledger.Do(Given.OrderChange(placed: [Given.Order(10_000), Given.Order(7_000, meal: MealKind.Dinner, isKept: true), Given.Order(5_000, meal: MealKind.AfternoonSnack)]), now).Refusal.ShouldBe(AccountRefusal.None);
        Day(Given.Today).ShouldSatisfyAllConditions(day => day.Spent.ShouldBe(DaySpending.None), day => day.Balances.Meal.ShouldBe(new Money(78_000)));

        _ledger.Do(Given.OrderRedemption(), now + Duration.FromHours(28)).Refusal.ShouldBe(AccountRefusal.None);
        foreach (var open in _ledger.Account.Orders) _ledger.Do(open.Expiry(Given.Number), now + Duration.FromHours(44)).Refusal.ShouldBe(AccountRefusal.None);

        Day(Given.Today.PlusDays(1)).ShouldSatisfyAllConditions(
            day => day.Spent.ShouldBe(new DaySpending(new Money(17_000), Money.Zero, Money.Zero)), day => day.Meals.Bought.ShouldBe(1), day => day.Balances.Meal.ShouldBe(new Money(83_000)));
    }

    [Fact]
    public void A_day_tells_the_time_inside_the_balances_what_was_spent_and_the_meals()
    {
        TopUp("2026-09-01 07:00", 100_000);
        TopUp("2026-09-01 07:00", 20_000, Purse.Transport);
        Redeem("2026-09-01 09:00", MealKind.Breakfast);
        Sell("2026-09-01 12:00", hotMeal: 15_000, buffet: 700);
        Ride("2026-09-01 15:00");
        Sell("2026-09-02 12:00", hotMeal: 9_000);

        var report = Day(Given.Today, In("2026-09-01 08:00"), Out("2026-09-01 14:00"));

        report.Day.ShouldBe(Given.Today);
        report.Inside.ShouldBe(Duration.FromHours(6));
        report.Balances.ShouldBe(new Balances(new Money(75_300), new Money(15_400)));
        report.Spent.ShouldBe(new DaySpending(new Money(15_000), new Money(700), new Money(4_600)));
        report.Meals.Bought.ShouldBe(1);
        report.Meals.AtPublicCost.ShouldBe(new Dictionary<MealKind, int> { [MealKind.Breakfast] = 1 });
    }

    [Fact]
    public void Of_an_account_without_entries_and_passages_everything_is_nothing()
    {
        var report = Day(Given.Today);

        report.ShouldSatisfyAllConditions(
            () => report.Inside.ShouldBe(Duration.Zero), () => report.Balances.ShouldBe(Balances.None), () => report.Spent.ShouldBe(DaySpending.None),
            () => report.Meals.Bought.ShouldBe(0), () => report.Meals.AtPublicCost.ShouldBeEmpty());
        Week(Given.Today).ShouldSatisfyAllConditions(week => week.Start.ShouldBe(Balances.None), week => week.End.ShouldBe(Balances.None), week => week.TopUpCount.ShouldBe(0));
    }

    [Fact]
    [Trait("Rule", "M8")]
    public void What_was_taken_back_counts_neither_as_spent_nor_as_had()
    {
        TopUp("2026-09-01 07:00", 100_000);
        var sale = Sell("2026-09-01 12:00", hotMeal: 15_000, buffet: 700);
        var meal = Redeem("2026-09-01 12:10", MealKind.Lunch);
        Reverse("2026-09-03 09:00", sale);
        Reverse("2026-09-03 09:00", meal);

        Day(Given.Today).ShouldSatisfyAllConditions(
            day => day.Spent.ShouldBe(DaySpending.None), day => day.Meals.Bought.ShouldBe(0), day => day.Meals.AtPublicCost.ShouldBeEmpty());
        // And on the day on which it was taken back, nothing is earned.
        Day(new(2026, 9, 3)).Spent.ShouldBe(DaySpending.None);
    }

    [Fact]
    public void A_meal_was_had_as_long_as_some_of_its_hot_lines_are_left()
    {
        TopUp("2026-09-01 07:00", 100_000);
        var lunch = Sell("2026-09-01 12:00", hotMeal: 15_000, buffet: 700);
        Reverse("2026-09-01 12:01", lunch, LineSet.Of(1));
        Day(Given.Today).Meals.Bought.ShouldBe(1);

        Reverse("2026-09-01 12:02", lunch, LineSet.Of(0));
        Day(Given.Today).Meals.Bought.ShouldBe(0);
    }

    [Fact]
    public void What_comes_from_the_buffet_alone_is_no_meal()
    {
        TopUp("2026-09-01 07:00", 100_000);
        Sell("2026-09-01 12:00", hotMeal: 0, buffet: 700, lines: LineSet.Of(1));

        Day(Given.Today).ShouldSatisfyAllConditions(day => day.Meals.Bought.ShouldBe(0), day => day.Spent.Buffet.ShouldBe(new Money(700)));
    }

    [Fact]
    public void A_meal_at_public_cost_that_was_taken_back_and_had_again_counts_once()
    {
        var first = Redeem("2026-09-01 12:00", MealKind.Lunch);
        Reverse("2026-09-01 12:01", first);
        Redeem("2026-09-01 12:02", MealKind.Lunch);

        Day(Given.Today).Meals.AtPublicCost.ShouldBe(new Dictionary<MealKind, int> { [MealKind.Lunch] = 1 });
    }

    [Fact]
    public void A_week_tells_each_day_and_all_together()
    {
        TopUp("2026-08-30 20:00", 50_000);
        TopUp("2026-08-31 07:00", 100_000);
        TopUp("2026-09-06 23:59", 3_000, Purse.Transport);
        Sell("2026-08-31 12:00", hotMeal: 15_000);
        Sell("2026-09-04 12:00", hotMeal: 16_000, buffet: 700);
        Redeem("2026-09-01 12:00", MealKind.Lunch);
        Redeem("2026-09-02 12:00", MealKind.Lunch);
        TopUp("2026-09-07 00:00", 9_000);
        Sell("2026-09-07 12:00", hotMeal: 20_000);

        var report = Week(
            new(2026, 9, 3), In("2026-08-30 23:00"), Out("2026-08-31 01:00"), In("2026-09-04 08:00"), Out("2026-09-04 13:00"), In("2026-09-06 22:00"), Out("2026-09-07 06:00"));

        report.Days.Select(day => day.Day).ShouldBe(Enumerable.Range(0, 7).Select(new LocalDate(2026, 8, 31).PlusDays));
        report.Days.Select(day => day.Inside.TotalHours).ShouldBe([1, 0, 0, 0, 5, 0, 2]);
        report.Inside.ShouldBe(Duration.FromHours(8));
        report.Days.Select(day => day.Spent.Total.Kopecks).ShouldBe([15_000, 0, 0, 0, 16_700, 0, 0]);
        report.Spent.ShouldBe(new DaySpending(new Money(31_000), new Money(700)));
        report.Start.ShouldBe(new Balances(new Money(50_000), Money.Zero));
        report.End.ShouldBe(new Balances(new Money(118_300), new Money(3_000)));
        (report.TopUpCount, report.TopUps).ShouldBe((2, new Money(103_000)));
        (report.Meals.Bought, report.Meals.AtPublicCost[MealKind.Lunch]).ShouldBe((2, 2));
    }

    [Fact]
    [Trait("Rule", "M11")]
    public void Money_that_leaves_for_another_purse_is_neither_spent_nor_topped_up()
    {
        TopUp("2026-09-01 07:00", 50_000);
        var transfer = Given.Transfer(1_000, Given.Number) with { ToPurse = Purse.Transport };
        AccountRules.Decide(_ledger.Account, transfer, mayChangePurse: true, At("2026-09-01 08:00")).Entry.ShouldNotBeNull().ShouldSatisfyAllConditions(left =>
        {
            var week = WeekReport.Of(ReportDays.Week(Given.Today, Given.Zone), new ReportFacts([.. _ledger.Entries, left], []), At("2026-09-01 12:00"));
            (week.Spent, week.TopUpCount, week.TopUps, week.End.Meal).ShouldBe((DaySpending.None, 1, new Money(50_000), new Money(49_000)));
        });
    }

    [Fact]
    public void A_week_that_has_not_ended_ends_now()
    {
        TopUp("2026-09-01 07:00", 50_000);

        Week(Given.Today).ShouldSatisfyAllConditions(week => week.Start.ShouldBe(Balances.None), week => week.End.ShouldBe(new Balances(new Money(50_000), Money.Zero)));
    }

    [Fact]
    public void What_happens_before_midnight_and_is_recorded_after_it_counts_on_its_own_day_and_is_in_the_ledger_on_the_next()
    {
        TopUp("2026-09-06 12:00", 50_000);
        Sell("2026-09-06 23:59", hotMeal: 15_000, recorded: "2026-09-07 00:01");

        Week(Sunday).ShouldSatisfyAllConditions(week => week.Spent.Total.ShouldBe(new Money(15_000)), week => week.End.Meal.ShouldBe(new Money(50_000)));
        Week(Sunday.PlusDays(1)).ShouldSatisfyAllConditions(week => week.Spent.ShouldBe(DaySpending.None), week => week.Start.Meal.ShouldBe(new Money(50_000)), week => week.End.Meal.ShouldBe(new Money(35_000)));
    }

    private DayReport Day(LocalDate day, params Domain.Buildings.Passage[] passages) =>
        DayReport.Of(ReportDays.Day(day, Given.Zone), new ReportFacts(_ledger.Entries, passages), At("2026-10-01 12:00"));

    private WeekReport Week(LocalDate day, params Domain.Buildings.Passage[] passages) =>
        WeekReport.Of(ReportDays.Week(day, Given.Zone), new ReportFacts(_ledger.Entries, passages), At("2026-10-01 12:00"));

    private void TopUp(string at, long kopecks, Purse purse = Purse.Meal) => Granted(_ledger.Do(Given.TopUp(kopecks, purse, operation: ++_operations), At(at)));

    private long Sell(string at, long hotMeal, long buffet = 0, LineSet lines = default, string? recorded = null)
    {
        var sale = Given.Meal(hotMeal, buffet, At(at), operation: ++_operations);
        return Granted(_ledger.Do(lines.IsEmpty ? sale : sale with { Lines = lines.Pick(sale.Lines) }, At(recorded ?? at)));
    }

    private void Ride(string at) => Granted(_ledger.Do(Given.Ride(operation: ++_operations), At(at)));

    private long Redeem(string at, MealKind meal) => Granted(_ledger.Do(Given.Redemption(meal: meal, operation: ++_operations), At(at)));

    private void Reverse(string at, long sale, LineSet lines = default) => Granted(_ledger.Do(Given.Reversal(sale, operation: ++_operations, lines: lines), At(at)));

    private static long Granted(AccountDecision decision) => decision.Entry.ShouldNotBeNull(decision.Refusal.ToString()).Seq;
}
