using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M2")]
public sealed class CategoryLimitTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    public void A_sale_up_to_the_buffets_limit_is_granted_and_one_over_it_is_refused_with_its_lines()
    {
        var ledger = Limited(buffet: 1_000);
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now).Refusal.ShouldBe(AccountRefusal.None);

        var refused = ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 301), Now);

        refused.Refusal.ShouldBe(AccountRefusal.CategoryLimit);
        refused.Lines.Indexes().ShouldBe([1]);
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 300), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Account.Spent.ShouldBe(new DaySpending(new Money(30_000), new Money(1_000)));
    }

    [Fact]
    public void A_used_up_buffet_leaves_the_hot_meals_alone_and_the_other_way_round()
    {
        var buffet = Limited(buffet: 0);
        buffet.Do(Given.Meal(hotMeal: 100, buffet: 1), Now).Refusal.ShouldBe(AccountRefusal.CategoryLimit);
        buffet.Do(Given.Sale(40_000), Now).Refusal.ShouldBe(AccountRefusal.None);

        var hot = Limited(hotMeal: 0);
        hot.Do(Given.Sale(1), Now).Lines.Indexes().ShouldBe([0]);
        hot.Do(Given.Meal(hotMeal: 0, buffet: 40_000), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void When_both_are_used_up_all_lines_are_named() =>
        Limited(hotMeal: 0, buffet: 0).Do(Given.Meal(hotMeal: 1, buffet: 1), Now).Lines.Indexes().ShouldBe([0, 1]);

    [Fact]
    public void A_limit_lowered_below_what_is_spent_holds_up_its_own_category_only()
    {
        var ledger = Limited();
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);
        ledger.Do(Given.LimitChange(500, category: ProductCategory.Buffet), Now);

        ledger.Do(Given.Sale(15_000), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Given.Meal(hotMeal: 0, buffet: 1), Now).Refusal.ShouldBe(AccountRefusal.CategoryLimit);
    }

    [Fact]
    public void Both_the_whole_limit_and_a_categorys_hold()
    {
        var ledger = Limited(buffet: 1_000, daily: 10_000);

        ledger.Do(Given.Meal(hotMeal: 9_500, buffet: 501), Now).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        ledger.Do(Given.Meal(hotMeal: 9_500, buffet: 500), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Account.Profile.DailyLimit.ShouldBe(new Money(10_000));
    }

    [Fact]
    public void A_reversal_gives_each_category_back_what_it_had()
    {
        var ledger = Limited(buffet: 700);
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);

        var entry = ledger.Do(Given.Reversal(saleSeq: ledger.Account.Seq), Now).Entry!;

        (entry.SpentAfter, entry.BuffetSpentAfter).ShouldBe((Money.Zero, Money.Zero));
        ledger.Do(Given.Meal(hotMeal: 0, buffet: 700), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_new_day_begins_with_nothing_spent_in_the_buffet()
    {
        var ledger = Limited(buffet: 700);
        ledger.Do(Given.Meal(hotMeal: 100, buffet: 700), Now);

        var entry = ledger.Do(Given.Meal(hotMeal: 100, buffet: 600), Now + Duration.FromDays(1)).Entry!;

        (entry.SpentAfter, entry.BuffetSpentAfter).ShouldBe((new Money(700), new Money(600)));
    }

    [Fact]
    public void A_sale_from_before_midnight_counts_on_its_own_days_buffet()
    {
        var midnight = Instant.FromUtc(2026, 9, 1, 21, 0);
        var (late, now) = (midnight - Duration.FromMinutes(5), midnight + Duration.FromMinutes(20));
        var ledger = Limited(buffet: 1_000);
        ledger.Do(Given.Meal(hotMeal: 500, buffet: 600), midnight - Duration.FromHours(3));
        ledger.Do(Given.Meal(hotMeal: 500, buffet: 900), midnight + Duration.FromMinutes(10));

        ledger.Do(Given.Meal(hotMeal: 0, buffet: 401, at: late), now).Refusal.ShouldBe(AccountRefusal.CategoryLimit);
        var entry = ledger.Do(Given.Meal(hotMeal: 0, buffet: 400, at: late), now).Entry!;

        entry.LimitDay.ShouldBe(new LocalDate(2026, 9, 1));
        (entry.SpentAfter, entry.BuffetSpentAfter).ShouldBe((new Money(1_400), new Money(900)));
    }

    [Fact]
    public void What_an_entry_adds_to_a_day_is_in_its_lines()
    {
        var ledger = Limited();
        var sale = ledger.Do(Given.Meal(hotMeal: 100, buffet: 7), Now).Entry!;
        var reversal = ledger.Do(Given.Reversal(saleSeq: sale.Seq), Now).Entry!;

        AccountRules.SpendingOf(sale).ShouldBe(new DaySpending(new Money(100), new Money(7)));
        AccountRules.SpendingOf(reversal).ShouldBe(new DaySpending(new Money(-100), new Money(-7)));
        AccountRules.SpendingOf(ledger.Do(Given.TopUp(), Now).Entry!).ShouldBe(DaySpending.None);
    }

    private static Ledger Limited(long? hotMeal = null, long? buffet = null, long? daily = null)
    {
        var ledger = new Ledger(Given.Account(meal: 1_000_000));
        if (hotMeal is not null) ledger.Do(Given.LimitChange(hotMeal, category: ProductCategory.HotMeal), Now);
        if (buffet is not null) ledger.Do(Given.LimitChange(buffet, category: ProductCategory.Buffet), Now);
        if (daily is not null) ledger.Do(Given.LimitChange(daily), Now);
        return ledger;
    }
}
