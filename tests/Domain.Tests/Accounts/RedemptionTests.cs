using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>A meal at public cost: once for each child, day and kind, charged to the budget and never to the purse.</summary>
[Trait("Rule", "M5")]
public sealed class RedemptionTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly ContraAccount City = ContraAccount.Budget(5);

    [Fact]
    [Trait("Rule", "M14")]
    public void A_meal_moves_its_price_from_the_budget_to_the_operator_and_leaves_purses_and_limits_alone()
    {
        var ledger = Entitled(meal: 700, limit: 0);
        var redemption = Given.Redemption(15_000);

        var entry = ledger.Do(redemption, Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra, entry.Payer).ShouldBe((EntryKind.Redemption, Purse.None, new Money(-15_000), Given.Seller, City));
        (entry.MealAfter, entry.TransportAfter, entry.SpentAfter, entry.OnCredit).ShouldBe((new Money(700), Money.Zero, Money.Zero, Money.Zero));
        (entry.Meal, entry.RedeemedOn, entry.RedeemedAfter).ShouldBe((MealKind.Lunch, Given.Today, MealSet.Of(MealKind.Lunch)));
        (entry.Device, entry.Operation, entry.Fingerprint).ShouldBe((Given.Till, redemption.Operation, redemption.Fingerprint));
        entry.Lines.ShouldBe(redemption.Lines);
        ledger.SpentByEntries(Given.Today).ShouldBe(DaySpending.None);
    }

    [Fact]
    public void Each_meal_is_had_once_a_day_and_again_on_the_next()
    {
        var ledger = Entitled();
        ledger.Do(Given.Redemption(), Now).Refusal.ShouldBe(AccountRefusal.None);

        ledger.Do(Given.Redemption(operation: 2), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AlreadyRedeemed));
        ledger.Do(Given.Redemption(meal: MealKind.Breakfast, operation: 3), Now).Entry.ShouldNotBeNull().RedeemedAfter.ShouldBe(MealSet.Of(MealKind.Breakfast, MealKind.Lunch));
        ledger.Do(Given.Redemption(operation: 4), Now + Duration.FromDays(1)).Entry.ShouldNotBeNull().RedeemedAfter.ShouldBe(MealSet.Of(MealKind.Lunch));
    }

    [Fact]
    public void A_late_meal_counts_on_its_own_day_and_leaves_the_latest_day_as_it_is()
    {
        var ledger = Entitled();
        // 23:30 in Moscow, and half an hour after midnight.
        var evening = Instant.FromUtc(2026, 9, 1, 20, 30);
        ledger.Do(Given.Redemption(meal: MealKind.Breakfast), evening + Duration.FromHours(1));

        var late = ledger.Do(Given.Redemption(operation: 2, at: evening), evening + Duration.FromHours(2)).Entry.ShouldNotBeNull();

        (late.LimitDay, late.RedeemedOn, late.RedeemedAfter).ShouldBe((Given.Today, Given.Today.PlusDays(1), MealSet.Of(MealKind.Breakfast)));
        ledger.Do(Given.Redemption(operation: 3, at: evening), evening + Duration.FromHours(2)).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);
        ledger.Do(Given.Redemption(operation: 4), evening + Duration.FromHours(2)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Theory]
    [InlineData(2026, 9, 1, MealKind.Lunch, true)]
    [InlineData(2026, 9, 1, MealKind.Dinner, false)]
    [InlineData(2026, 8, 31, MealKind.Lunch, false)]
    [InlineData(2026, 9, 5, MealKind.Lunch, false)]
    [InlineData(2026, 9, 30, MealKind.Lunch, true)]
    [InlineData(2026, 10, 1, MealKind.Lunch, false)]
    public void A_right_is_one_to_its_meals_on_its_weekdays_from_its_first_to_its_last_day(int year, int month, int day, MealKind meal, bool isCovered) =>
        Right(City).Covers(meal, new LocalDate(year, month, day)).ShouldBe(isCovered);

    [Fact]
    public void Of_several_rights_the_first_that_covers_the_meal_pays()
    {
        var dinner = Right(ContraAccount.Budget(6)) with { Meals = MealSet.Of(MealKind.Dinner) };
        var list = new EntitlementList(dinner, Right(City), Right(ContraAccount.Budget(7)));

        list.Find(MealKind.Lunch, Given.Today).ShouldNotBeNull().Funder.ShouldBe(City);
        list.Find(MealKind.Dinner, Given.Today).ShouldNotBeNull().Funder.ShouldBe(dinner.Funder);
        list.Find(MealKind.AfternoonSnack, Given.Today).ShouldBeNull();
    }

    [Fact]
    public void Whoever_has_no_right_is_told_so()
    {
        new Ledger(Given.Account(meal: 50_000)).Do(Given.Redemption(), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.NotEntitled));
        Entitled().Do(Given.Redemption(meal: MealKind.Dinner), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.NotEntitled));
    }

    [Fact]
    [Trait("Rule", "M3")]
    public void The_stop_list_holds_for_it_as_for_a_sale()
    {
        var ledger = Entitled(stops: new StopList(Allergens.Milk));
        var forbidden = ledger.Do(Given.Redemption() with { IsConfirmed = true }, Now);
        (forbidden.Refusal, forbidden.Lines).ShouldBe((AccountRefusal.StopList, LineSet.Of(0)));
        ledger.Do(Given.Redemption() with { Override = new OverrideRequest(null, "It is all there is") }, Now).Refusal.ShouldBe(AccountRefusal.OverrideNotAllowed);
        ledger.Do(Given.Redemption() with { Override = new OverrideRequest(AccountNumber.FromSerial(77), "It is all there is") }, Now).Entry.ShouldNotBeNull()
            .Override.ShouldBe(new StopOverride(AccountNumber.FromSerial(77), "It is all there is", LineSet.Of(0)));

        var soft = Entitled(stops: new StopList(hotMeal: StopStrength.Soft));
        soft.Do(Given.Redemption(), Now).Refusal.ShouldBe(AccountRefusal.ConfirmationNeeded);
        soft.Do(Given.Redemption() with { IsConfirmed = true }, Now).Entry.ShouldNotBeNull().Override.ShouldBeNull();
        Entitled(stops: new StopList(hotMeal: StopStrength.Soft)).Do(Given.Redemption() with { Override = new OverrideRequest(AccountNumber.FromSerial(77), "So") }, Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public void Taken_back_it_goes_to_the_budget_and_the_meal_may_be_had_again()
    {
        var ledger = Entitled(meal: Limits.BalanceMax);
        ledger.Do(Given.Redemption(15_000), Now);

        var entry = ledger.Do(Given.Reversal(saleSeq: 1), Now).Entry.ShouldNotBeNull();

        (entry.Purse, entry.Amount, entry.Contra, entry.Payer, entry.Meal).ShouldBe((Purse.None, new Money(15_000), Given.Seller, City, MealKind.Lunch));
        (entry.MealAfter, entry.RedeemedAfter, entry.SpentAfter).ShouldBe((new Money(Limits.BalanceMax), MealSet.None, Money.Zero));
        ledger.SpentByEntries(Given.Today).ShouldBe(DaySpending.None);
        ledger.Do(Given.Redemption(operation: 5), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M8")]
    public void A_meal_of_which_a_part_is_taken_back_is_had_all_the_same()
    {
        var ledger = Entitled();
        ledger.Do(Given.Redemption() with { Lines = Given.Meal(10_000, 5_000).Lines, Total = new Money(15_000) }, Now);

        var part = ledger.Do(Given.Reversal(saleSeq: 1, lines: LineSet.Of(1)), Now).Entry.ShouldNotBeNull();
        (part.Amount, part.Payer, part.Meal, part.RedeemedAfter).ShouldBe((new Money(5_000), City, null, MealSet.Of(MealKind.Lunch)));
        ledger.Do(Given.Redemption(operation: 5), Now).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);

        ledger.Do(Given.Reversal(saleSeq: 1, operation: 6), Now).Entry.ShouldNotBeNull().Meal.ShouldBe(MealKind.Lunch);
        ledger.Do(Given.Redemption(operation: 7), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M8")]
    [Trait("Rule", "M14")]
    public void A_part_that_cost_nothing_comes_back_to_nobody()
    {
        var ledger = Entitled();
        ledger.Do(Given.Redemption() with { Lines = Given.Meal(15_000, 0).Lines }, Now);

        var part = ledger.Do(Given.Reversal(saleSeq: 1, lines: LineSet.Of(1)), Now).Entry.ShouldNotBeNull();
        (part.Amount, part.Contra, part.Payer).ShouldBe((Money.Zero, ContraAccount.None, ContraAccount.None));
    }

    [Fact]
    public void A_reversal_on_a_later_day_frees_the_meal_of_its_own_day_alone()
    {
        var ledger = Entitled();
        ledger.Do(Given.Redemption(), Now);
        ledger.Do(Given.Redemption(operation: 2), Now + Duration.FromDays(1));

        var entry = ledger.Do(Given.Reversal(saleSeq: 1, operation: 3), Now + Duration.FromDays(1)).Entry.ShouldNotBeNull();

        (entry.LimitDay, entry.RedeemedOn, entry.RedeemedAfter).ShouldBe((Given.Today, Given.Today.PlusDays(1), MealSet.Of(MealKind.Lunch)));
        ledger.Do(Given.Redemption(operation: 4), Now + Duration.FromDays(1)).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);
    }

    [Theory]
    [InlineData(CardRefusal.Lost, true, AccountRefusal.CardLost)]
    [InlineData(CardRefusal.None, true, AccountRefusal.AccountClosed)]
    [InlineData(CardRefusal.None, false, AccountRefusal.StopList)]
    public void A_card_comes_before_a_closed_account_that_before_the_stop_list_and_that_before_the_right(CardRefusal card, bool isClosed, AccountRefusal expected)
    {
        var account = Given.Account(isClosed: isClosed);
        var stopped = account with { Profile = account.Profile with { StopList = new StopList(Allergens.Milk) } };

        AccountRules.Decide(stopped, Given.Redemption(), card, MealSet.None, Now).Refusal.ShouldBe(expected);
    }

    [Fact]
    public void A_change_of_the_rights_is_an_entry_that_moves_no_money_and_no_rights_are_none()
    {
        var account = Given.Account(meal: 700) with { Seq = 4 };
        var list = new EntitlementList(Right(City));

        var entry = AccountRules.Decide(account, Given.EntitlementChange(list), Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Amount, entry.Contra, entry.MealAfter).ShouldBe((EntryKind.EntitlementChange, Money.Zero, ContraAccount.None, new Money(700)));
        AccountRules.ProfileAfter(account, Given.EntitlementChange(list)).ShouldBe(account.Profile with { Entitlements = list, Version = 5 });
        AccountRules.ProfileAfter(account, Given.EntitlementChange(new EntitlementList())).Entitlements.ShouldBeNull();
        AccountRules.ProfileAfter(account, Given.EntitlementChange(null)).Entitlements.ShouldBeNull();
        AccountRules.Decide(Given.Account(isClosed: true), Given.EntitlementChange(list), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AccountClosed));
    }

    [Fact]
    public void Lists_are_the_same_by_what_they_grant()
    {
        new EntitlementList(Right(City)).ShouldBe(new EntitlementList(Right(City)));
        new EntitlementList(Right(City)).GetHashCode().ShouldBe(new EntitlementList(Right(City)).GetHashCode());
        new EntitlementList().GetHashCode().ShouldBe(new EntitlementList().GetHashCode());
        new EntitlementList(Right(City)).Equals((object)new EntitlementList(Right(City))).ShouldBeTrue();
        new EntitlementList(Right(City)).ShouldNotBe(new EntitlementList(Right(ContraAccount.Budget(6))));
        new EntitlementList().Equals(null).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => new EntitlementList([.. Enumerable.Repeat(Right(City), Limits.EntitlementsMax + 1)]));
    }

    [Fact]
    public void Sets_of_meals_and_weekdays_hold_what_was_put_in()
    {
        MealSet.Of(MealKind.Dinner, MealKind.Breakfast).Meals().ShouldBe([MealKind.Breakfast, MealKind.Dinner]);
        MealSet.Of(MealKind.Dinner).Without(MealKind.Dinner).IsEmpty.ShouldBeTrue();
        MealSet.None.IsEmpty.ShouldBeTrue();
        MealSet.Of(MealKind.Dinner).IsEmpty.ShouldBeFalse();
        WeekdaySet.Of(IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday).Days().ShouldBe([IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday]);
        new WeekdaySet().IsEmpty.ShouldBeTrue();
        WeekdaySet.Of(IsoDayOfWeek.Sunday).IsEmpty.ShouldBeFalse();
    }

    // Breakfast and lunch, Monday to Friday, in September.
    private static Entitlement Right(ContraAccount funder) => new(
        funder, MealSet.Of(MealKind.Breakfast, MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday),
        new LocalDate(2026, 9, 1), new LocalDate(2026, 9, 30));

    private static Ledger Entitled(long meal = 0, long? limit = null, StopList? stops = null)
    {
        var account = Given.Account(meal: meal, limit: limit);
        return new Ledger(account with { Profile = account.Profile with { Entitlements = new EntitlementList(Right(City)), StopList = stops } });
    }
}
