using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>A meal from a class list says which employee settled it; whoever may not settles nothing.</summary>
[Trait("Rule", "M7")]
public sealed class ClassSettlementTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly ClassSettlement ByTeacher = new(AccountNumber.FromSerial(77));
    private static readonly ClassSettlement ByNobody = new(By: null);

    [Fact]
    public void A_settled_sale_and_a_settled_meal_say_by_whom()
    {
        var ledger = Entitled();

        ledger.Do(Given.Sale() with { Settlement = ByTeacher }, Now).Entry.ShouldNotBeNull().SettledBy.ShouldBe(ByTeacher.By);
        ledger.Do(Given.Redemption(operation: 2) with { Settlement = ByTeacher }, Now).Entry.ShouldNotBeNull().SettledBy.ShouldBe(ByTeacher.By);
        ledger.Do(Given.Sale(operation: 3), Now).Entry.ShouldNotBeNull().SettledBy.ShouldBeNull();
        ledger.Do(Given.Reversal(saleSeq: 1, operation: 4), Now).Entry.ShouldNotBeNull().SettledBy.ShouldBeNull();
    }

    [Fact]
    public void Whoever_may_not_settles_nothing_and_hears_it_after_a_closed_account_and_before_all_else()
    {
        var ledger = Entitled();

        ledger.Do(Given.Sale() with { Settlement = ByNobody }, Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.SettlementNotAllowed));
        ledger.Do(Given.Redemption() with { Settlement = ByNobody }, Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.SettlementNotAllowed));
        new Ledger(Given.Account(isClosed: true)).Do(Given.Sale() with { Settlement = ByNobody }, Now).Refusal.ShouldBe(AccountRefusal.AccountClosed);
        new Ledger(Given.Account(isClosed: true)).Do(Given.Redemption() with { Settlement = ByNobody }, Now).Refusal.ShouldBe(AccountRefusal.AccountClosed);
        var account = Given.Account();
        var stopping = new Ledger(account with { Profile = account.Profile with { StopList = new StopList(Allergens.Milk) } });
        stopping.Do(Given.Sale() with { Settlement = ByNobody }, Now).Refusal.ShouldBe(AccountRefusal.SettlementNotAllowed);
        stopping.Do(Given.Redemption() with { Settlement = ByNobody }, Now).Refusal.ShouldBe(AccountRefusal.SettlementNotAllowed);
    }

    [Fact]
    public void All_else_is_as_by_card()
    {
        new Ledger(Given.Account(meal: 100)).Do(Given.Sale(101) with { Settlement = ByTeacher }, Now).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        new Ledger(Given.Account()).Do(Given.Redemption() with { Settlement = ByTeacher }, Now).Refusal.ShouldBe(AccountRefusal.NotEntitled);
    }

    private static Ledger Entitled()
    {
        var account = Given.Account(meal: 50_000);
        var right = new Entitlement(ContraAccount.Budget(5), MealSet.Of(MealKind.Lunch), WeekdaySet.Of(IsoDayOfWeek.Tuesday), Given.Today, Given.Today);
        return new Ledger(account with { Profile = account.Profile with { Entitlements = new EntitlementList(right) } });
    }
}
