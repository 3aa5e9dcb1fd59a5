using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>A hot meal may be owed down to the floor of the policy, the buffet never.</summary>
[Trait("Rule", "M4")]
public sealed class CreditTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    public void A_hot_meal_may_take_the_purse_down_to_the_floor_and_not_a_kopeck_further()
    {
        var ledger = new Ledger(Given.Account(meal: 1_000));

        ledger.Do(OnCredit(Given.Sale(61_001)), Now).Refusal.ShouldBe(AccountRefusal.CreditUsedUp);
        var entry = ledger.Do(OnCredit(Given.Sale(61_000)), Now).Entry.ShouldNotBeNull();

        entry.MealAfter.ShouldBe(new Money(-60_000));
        entry.OnCredit.ShouldBe(new Money(60_000));
        entry.CreditFloor.ShouldBe(new Money(-60_000));
        ledger.Do(OnCredit(Given.Sale(1)), Now).Refusal.ShouldBe(AccountRefusal.CreditUsedUp);
    }

    [Fact]
    public void Without_a_policy_nothing_is_owed() =>
        new Ledger(Given.Account(meal: 100)).Do(Given.Sale(101), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.InsufficientFunds));

    [Fact]
    public void The_buffet_is_never_owed()
    {
        var ledger = new Ledger(Given.Account(meal: 500));

        ledger.Do(OnCredit(Given.Meal(hotMeal: 0, buffet: 501)), Now).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        ledger.Do(OnCredit(Given.Meal(hotMeal: 0, buffet: 500)), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(OnCredit(Given.Meal(hotMeal: 0, buffet: 1)), Now).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
    }

    [Fact]
    public void Of_a_mixed_sale_the_buffet_is_paid_with_what_is_there_and_the_hot_meal_is_owed()
    {
        var ledger = new Ledger(Given.Account(meal: 500));

        var entry = ledger.Do(OnCredit(Given.Meal(hotMeal: 15_000, buffet: 500)), Now).Entry.ShouldNotBeNull();

        (entry.MealAfter, entry.OnCredit).ShouldBe((new Money(-15_000), new Money(15_000)));
    }

    [Fact]
    public void What_of_a_mixed_sale_cannot_be_had_is_named()
    {
        var ledger = new Ledger(Given.Account(meal: 499));

        var refused = ledger.Do(OnCredit(Given.Meal(hotMeal: 15_000, buffet: 500)), Now);

        refused.Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        refused.Lines.Indexes().ShouldBe([1]);
        ledger.Do(OnCredit(Given.Sale(15_000)), Now).Refusal.ShouldBe(AccountRefusal.None);
        // Whoever owes has nothing for the buffet, not even for what is free beside a meal.
        ledger.Do(OnCredit(Given.Meal(hotMeal: 100, buffet: 1)), Now).Lines.Indexes().ShouldBe([1]);
        ledger.Do(OnCredit(Given.Meal(hotMeal: 100, buffet: 0)), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_sale_that_needs_no_credit_says_nothing_of_it()
    {
        var entry = new Ledger(Given.Account(meal: 15_000)).Do(OnCredit(Given.Sale(15_000)), Now).Entry.ShouldNotBeNull();

        (entry.OnCredit, entry.CreditFloor).ShouldBe((Money.Zero, Money.Zero));
    }

    [Fact]
    public void Each_sale_tells_its_own_credit_and_no_other_entry_has_any()
    {
        var ledger = new Ledger(Given.Account(meal: 100));
        ledger.Do(OnCredit(Given.Sale(300)), Now);
        ledger.Do(OnCredit(Given.Sale(500)), Now);
        ledger.Do(Given.TopUp(50), Now);
        ledger.Do(Given.LimitChange(1_000_000), Now);
        ledger.Do(Given.Reversal(saleSeq: 2), Now);

        ledger.Entries.Select(entry => entry.OnCredit.Kopecks).ShouldBe([200, 500, 0, 0, 0]);
        ledger.Account.Meal.ShouldBe(new Money(-150));
    }

    [Fact]
    public void A_floor_that_was_raised_holds_up_the_next_meal_of_who_owes_more()
    {
        var ledger = new Ledger(Given.Account());
        ledger.Do(OnCredit(Given.Sale(50_000)), Now);

        ledger.Do(Given.Sale(1) with { CreditFloor = new Money(-10_000) }, Now).Refusal.ShouldBe(AccountRefusal.CreditUsedUp);
    }

    [Fact]
    public void The_floor_is_no_part_of_what_is_asked_for() => OnCredit(Given.Sale()).Fingerprint.ShouldBe(Given.Sale().Fingerprint);

    private static Sale OnCredit(Sale sale) => sale with { CreditFloor = new Money(-60_000) };
}
