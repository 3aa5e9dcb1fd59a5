using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M13")]
public sealed class FeeTests
{
    private static readonly Instant Now = Given.Morning;
    private static readonly BankReference Paid = new(3, "PAY-2026-000018");

    [Fact]
    public void A_fee_leaves_the_meal_purse_for_the_fees_of_its_kind_and_is_not_spent_on_meals()
    {
        var entry = AccountRules.Decide(Given.Account(meal: 50_000, limit: 0), Given.Fee(20_000), Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra.ToString(), entry.Payer).ShouldBe((EntryKind.Fee, Purse.Meal, new Money(-20_000), "fee/1", ContraAccount.None));
        (entry.MealAfter, entry.SpentAfter).ShouldBe((new Money(30_000), Money.Zero));
    }

    [Theory]
    [InlineData(20_000, 20_000, false, AccountRefusal.None)]
    [InlineData(19_999, 20_000, false, AccountRefusal.InsufficientFunds)]
    [InlineData(-1, 1, false, AccountRefusal.InsufficientFunds)]
    [InlineData(-1, 0, false, AccountRefusal.None)]
    [InlineData(20_000, 20_000, true, AccountRefusal.AccountClosed)]
    public void It_is_never_owed(long meal, long amount, bool isClosed, AccountRefusal expected) =>
        AccountRules.Decide(Given.Account(meal: meal, isClosed: isClosed), Given.Fee(amount), Now).Refusal.ShouldBe(expected);

    [Fact]
    [Trait("Rule", "M14")]
    public void Paid_at_a_bank_it_moves_no_purse_and_the_bank_pays()
    {
        var entry = AccountRules.Decide(Given.Account(), Given.Fee(20_000) with { Reference = Paid }, Now).Entry.ShouldNotBeNull();

        (entry.Purse, entry.Amount, entry.Contra.ToString(), entry.Payer.ToString()).ShouldBe((Purse.None, new Money(-20_000), "fee/1", "bank/3"));
        entry.MealAfter.ShouldBe(Money.Zero);
        AccountRules.Decide(Given.Account(isClosed: true), Given.Fee(20_000) with { Reference = Paid }, Now).Refusal.ShouldBe(AccountRefusal.AccountClosed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Waived_it_is_an_entry_that_moves_nothing(bool isAtBank)
    {
        var entry = AccountRules.Decide(Given.Account(), Given.Fee(0) with { Reference = isAtBank ? Paid : null }, Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Amount, entry.Contra, entry.Payer).ShouldBe((EntryKind.Fee, Money.Zero, ContraAccount.None, ContraAccount.None));
    }

    [Fact]
    public void What_it_costs_is_no_part_of_what_is_asked_for_and_everything_else_is()
    {
        Given.Fee(20_000).Fingerprint.ShouldBe(Given.Fee(0).Fingerprint);
        new[] { Given.Fee(1), Given.Fee(1) with { Kind = (FeeKind)2 }, Given.Fee(1) with { Reference = Paid }, Given.Fee(1) with { Reference = Paid with { Provider = 4 } }, Given.Fee(1) with { Reference = Paid with { Reference = "X" } } }
            .Select(fee => fee.Fingerprint).ShouldBeUnique();
    }
}
