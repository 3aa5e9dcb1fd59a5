using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M2")]
public sealed class LimitChangeTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    public void A_change_of_the_limit_is_an_entry_that_moves_no_money()
    {
        var account = Given.Account(meal: 700, transport: 300) with { Seq = 4, SpentOn = Given.Today, Spent = new DaySpending(new Money(50), Money.Zero) };
        var change = Given.LimitChange(25_000, at: Now - Duration.FromDays(1));

        var entry = AccountRules.Decide(account, change, Now).Entry.ShouldNotBeNull();

        entry.Kind.ShouldBe(EntryKind.LimitChange);
        entry.Seq.ShouldBe(5);
        entry.Amount.ShouldBe(Money.Zero);
        entry.Purse.ShouldBe(Purse.Meal);
        entry.Contra.ShouldBe(ContraAccount.None);
        entry.MealAfter.ShouldBe(new Money(700));
        entry.TransportAfter.ShouldBe(new Money(300));
        entry.LimitDay.ShouldBe(Given.Today);
        entry.SpentOn.ShouldBe(Given.Today);
        entry.SpentAfter.ShouldBe(new Money(50));
        entry.Lines.ShouldBeEmpty();
        entry.Device.ShouldBe(default);
    }

    [Fact]
    public void A_change_of_the_limit_on_a_new_day_leaves_the_day_of_spending_where_it_is()
    {
        var account = Given.Account() with { SpentOn = Given.Today.PlusDays(-1), Spent = new DaySpending(new Money(50), Money.Zero) };

        var entry = AccountRules.Decide(account, Given.LimitChange(1), Now).Entry!;

        entry.SpentOn.ShouldBe(Given.Today.PlusDays(-1));
        entry.SpentAfter.ShouldBe(new Money(50));
    }

    [Fact]
    public void The_profile_carries_the_number_of_the_entry_that_changed_it()
    {
        var account = Given.Account(limit: 100) with { Seq = 4 };

        var profile = AccountRules.ProfileAfter(account, Given.LimitChange(25_000));

        profile.ShouldBe(account.Profile with { DailyLimit = new Money(25_000), Version = 5 });
        AccountRules.ProfileAfter(account, Given.LimitChange(null)).DailyLimit.ShouldBeNull();
        AccountRules.ProfileAfter(account, Given.LimitChange(300, category: ProductCategory.Buffet))
            .ShouldBe(account.Profile with { BuffetLimit = new Money(300), Version = 5 });
        AccountRules.ProfileAfter(account, Given.LimitChange(300, category: ProductCategory.HotMeal))
            .ShouldBe(account.Profile with { HotMealLimit = new Money(300), Version = 5 });
    }

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_accounts_limit_stays() =>
        AccountRules.Decide(Given.Account(isClosed: true), Given.LimitChange(1), Now)
            .ShouldBe(AccountDecision.Refuse(AccountRefusal.AccountClosed));
}
