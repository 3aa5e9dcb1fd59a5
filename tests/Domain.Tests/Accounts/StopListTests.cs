using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>What the family forbids is not sold, what it asks to be confirmed is confirmed, and an exception says who made it and why.</summary>
[Trait("Rule", "M3")]
public sealed class StopListTests
{
    private const string Reason = "Nothing else was left; the family was called";

    private static readonly Instant Now = Given.Morning;
    private static readonly AccountNumber Employee = AccountNumber.FromSerial(77);

    [Fact]
    public void Whatever_contains_a_stopped_allergen_is_refused_by_its_lines_and_no_cashier_can_confirm_it()
    {
        var ledger = Stopping(new StopList(Allergens.Milk | Allergens.Fish));

        var refused = ledger.Do(Given.Meal(100, 100) with { IsConfirmed = true }, Now);

        refused.Refusal.ShouldBe(AccountRefusal.StopList);
        refused.Lines.Indexes().ShouldBe([0]);
        ledger.Do(Bun(), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Theory]
    [InlineData(StopStrength.Hard, null, AccountRefusal.StopList, 0)]
    [InlineData(null, StopStrength.Hard, AccountRefusal.StopList, 1)]
    [InlineData(StopStrength.Soft, null, AccountRefusal.ConfirmationNeeded, 0)]
    [InlineData(null, StopStrength.Soft, AccountRefusal.ConfirmationNeeded, 1)]
    [InlineData(StopStrength.Hard, StopStrength.Soft, AccountRefusal.StopList, 0)]
    public void A_stopped_category_is_refused_by_its_lines(StopStrength? hotMeal, StopStrength? buffet, AccountRefusal expected, int line)
    {
        var refused = Stopping(new StopList(hotMeal: hotMeal, buffet: buffet)).Do(Given.Meal(100, 100), Now);

        refused.Refusal.ShouldBe(expected);
        refused.Lines.Indexes().ShouldBe([line]);
    }

    [Fact]
    public void A_product_is_stopped_by_its_code_and_its_seller()
    {
        var ledger = Stopping(new StopList(products: new ProductStop(Given.Seller, "BUN", StopStrength.Hard)));

        ledger.Do(Given.Meal(100, 100), Now).Lines.Indexes().ShouldBe([1]);
        // Another operator's code of the same letters is another thing, and so is the code in other letters.
        ledger.Do(Given.Meal(100, 100, operation: 2, seller: ContraAccount.Operator(8)), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Bun("bun"), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Theory]
    [InlineData(StopStrength.Soft, StopStrength.Hard, AccountRefusal.StopList)]
    [InlineData(StopStrength.Hard, StopStrength.Soft, AccountRefusal.StopList)]
    [InlineData(StopStrength.Soft, StopStrength.Soft, AccountRefusal.ConfirmationNeeded)]
    public void Of_several_stops_the_hardest_holds(StopStrength category, StopStrength product, AccountRefusal expected) =>
        Stopping(new StopList(buffet: category, products: new ProductStop(Given.Seller, "BUN", product))).Do(Given.Meal(100, 100), Now).Refusal.ShouldBe(expected);

    [Fact]
    public void What_the_cashier_confirms_is_sold_and_is_nobodys_exception()
    {
        var ledger = Stopping(new StopList(hotMeal: StopStrength.Soft, products: new ProductStop(Given.Seller, "BUN", StopStrength.Soft)));

        ledger.Do(Given.Meal(100, 100), Now).Lines.Indexes().ShouldBe([0, 1]);
        ledger.Do(Given.Meal(100, 100, operation: 2) with { IsConfirmed = true }, Now).Entry.ShouldNotBeNull().Override.ShouldBeNull();
    }

    [Fact]
    public void An_exception_is_recorded_with_who_made_it_and_why_and_for_which_lines()
    {
        var ledger = Stopping(new StopList(Allergens.Gluten, buffet: StopStrength.Soft, products: new ProductStop(Given.Seller, "LUNCH", StopStrength.Soft)));

        var entry = ledger.Do(Overriding(Given.Meal(100, 100), Employee), Now).Entry.ShouldNotBeNull();

        entry.Override.ShouldBe(new StopOverride(Employee, Reason, LineSet.Of(0, 1)));
        ledger.Do(Given.Reversal(saleSeq: entry.Seq), Now).Entry.ShouldNotBeNull().Override.ShouldBeNull();
    }

    [Fact]
    public void Only_the_forbidden_lines_are_recorded_and_who_answers_for_them_answers_for_what_is_to_be_confirmed_too()
    {
        var ledger = Stopping(new StopList(Allergens.Milk, buffet: StopStrength.Soft));

        ledger.Do(Overriding(Given.Meal(100, 100), Employee), Now).Entry.ShouldNotBeNull().Override.ShouldNotBeNull().Lines.Indexes().ShouldBe([0]);
        // Where nothing is forbidden there is nothing to except.
        ledger.Do(Overriding(Bun(), Employee), Now).Entry.ShouldNotBeNull().Override.ShouldBeNull();
    }

    [Fact]
    public void Whoever_may_not_is_told_so_where_it_matters_and_only_there()
    {
        var refused = Stopping(new StopList(Allergens.Milk)).Do(Overriding(Given.Meal(100, 100), by: null), Now);

        refused.Refusal.ShouldBe(AccountRefusal.OverrideNotAllowed);
        refused.Lines.Indexes().ShouldBe([0]);
        Stopping(null).Do(Overriding(Given.Meal(100, 100), by: null), Now).Entry.ShouldNotBeNull().Override.ShouldBeNull();
        Stopping(new StopList(hotMeal: StopStrength.Soft)).Do(Overriding(Given.Meal(100, 100), by: null), Now).Refusal.ShouldBe(AccountRefusal.ConfirmationNeeded);
    }

    [Fact]
    public void An_exception_is_none_from_limits_and_funds()
    {
        var ledger = Stopping(new StopList(Allergens.Milk));

        ledger.Do(Overriding(Given.Sale(50_001), Employee), Now).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        ledger.Do(Given.LimitChange(100), Now);
        ledger.Do(Overriding(Given.Sale(101, operation: 5), Employee), Now).Refusal.ShouldBe(AccountRefusal.DailyLimit);
    }

    [Fact]
    public void A_change_of_the_list_is_an_entry_that_moves_no_money()
    {
        var account = Given.Account(meal: 700, transport: 300) with { Seq = 4, SpentOn = Given.Today, Spent = new DaySpending(new Money(50), Money.Zero) };
        var list = new StopList(Allergens.Milk);

        var entry = AccountRules.Decide(account, Given.StopListChange(list), Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Seq, entry.Amount, entry.Contra).ShouldBe((EntryKind.StopListChange, 5, Money.Zero, ContraAccount.None));
        (entry.MealAfter, entry.TransportAfter, entry.SpentOn, entry.SpentAfter).ShouldBe((new Money(700), new Money(300), Given.Today, new Money(50)));
        AccountRules.ProfileAfter(account, Given.StopListChange(list)).ShouldBe(account.Profile with { StopList = list, Version = 5 });
    }

    [Fact]
    public void An_empty_list_is_none()
    {
        var account = Stopping(new StopList(Allergens.Milk)).Account;

        AccountRules.ProfileAfter(account, Given.StopListChange(new StopList())).StopList.ShouldBeNull();
        AccountRules.ProfileAfter(account, Given.StopListChange(null)).StopList.ShouldBeNull();
        foreach (var list in new[] { new StopList(Allergens.Milk), new StopList(hotMeal: StopStrength.Soft), new StopList(buffet: StopStrength.Soft), new StopList(products: new ProductStop(Given.Seller, "BUN", StopStrength.Soft)) })
            AccountRules.ProfileAfter(account, Given.StopListChange(list)).StopList.ShouldBe(list);
    }

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_accounts_list_stays() =>
        AccountRules.Decide(Given.Account(isClosed: true), Given.StopListChange(null), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AccountClosed));

    [Fact]
    public void Lists_are_the_same_by_what_they_stop()
    {
        var (bun, tea) = (new ProductStop(Given.Seller, "BUN", StopStrength.Soft), new ProductStop(Given.Seller, "TEA", StopStrength.Hard));

        new StopList(Allergens.Milk, products: [bun, tea]).ShouldBe(new StopList(Allergens.Milk, products: [tea, bun]));
        new StopList(Allergens.Milk, products: [bun, tea]).GetHashCode().ShouldBe(new StopList(Allergens.Milk, products: [tea, bun]).GetHashCode());
        new StopList(Allergens.Milk).Equals((object)new StopList(Allergens.Milk)).ShouldBeTrue();
        new StopList(Allergens.Milk).ShouldNotBe(new StopList(Allergens.Eggs));
        new StopList(hotMeal: StopStrength.Soft).ShouldNotBe(new StopList(buffet: StopStrength.Soft));
        new StopList(products: bun).ShouldNotBe(new StopList(products: tea));
        new StopList(products: bun).Equals(null).ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void A_list_has_its_limit()
    {
        ProductStop[] Products(int count) => [.. Enumerable.Range(0, count).Select(n => new ProductStop(Given.Seller, $"P{n}", StopStrength.Hard))];

        new StopList(products: Products(Limits.StoppedProductsMax)).Products.Length.ShouldBe(Limits.StoppedProductsMax);
        Should.Throw<ArgumentOutOfRangeException>(() => new StopList(products: Products(Limits.StoppedProductsMax + 1)));
    }

    private static Ledger Stopping(StopList? list)
    {
        var account = Given.Account(meal: 50_000);
        return new Ledger(account with { Profile = account.Profile with { StopList = list } });
    }

    private static Sale Bun(string code = "BUN") =>
        Given.Sale(100, operation: 9) with { Lines = [new SaleLine(code, ProductCategory.Buffet, 1, new Money(100), Allergens.Gluten)] };

    private static Sale Overriding(Sale sale, AccountNumber? by) => sale with { Override = new OverrideRequest(by, Reason) };
}
