using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M9")]
public sealed class TopUpTests
{
    private static readonly Instant Now = Given.Morning;

    [Theory]
    [InlineData(Purse.Meal, 1_500, 300)]
    [InlineData(Purse.Transport, 1_000, 800)]
    [Trait("Rule", "M14")]
    public void A_top_up_moves_money_from_the_bank_to_its_purse_alone(Purse purse, long meal, long transport)
    {
        var account = Given.Account(meal: 1_000, transport: 300);
        var topUp = Given.TopUp(500, purse, at: Now - Duration.FromMinutes(3));

        var entry = AccountRules.Decide(account, topUp, Now).Entry.ShouldNotBeNull();

        entry.Kind.ShouldBe(EntryKind.TopUp);
        entry.Seq.ShouldBe(1);
        entry.Purse.ShouldBe(purse);
        entry.Amount.ShouldBe(new Money(500));
        entry.Contra.ShouldBe(ContraAccount.Bank(3));
        entry.MealAfter.ShouldBe(new Money(meal));
        entry.TransportAfter.ShouldBe(new Money(transport));
        entry.LimitDay.ShouldBe(Given.Today);
        entry.EventAt.ShouldBe(Now - Duration.FromMinutes(3));
        entry.Lines.ShouldBeEmpty();
        AccountRules.Evolve(account, entry).Balance(purse).ShouldBe(account.Balance(purse) + new Money(500));
    }

    [Theory]
    [InlineData(Purse.Meal)]
    [InlineData(Purse.Transport)]
    public void A_purse_may_be_filled_to_its_brim_and_not_beyond(Purse purse)
    {
        var account = Given.Account(meal: Limits.BalanceMax - 500, transport: Limits.BalanceMax - 500);

        AccountRules.Decide(account, Given.TopUp(500, purse), Now).Refusal.ShouldBe(AccountRefusal.None);
        AccountRules.Decide(account, Given.TopUp(501, purse), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.PurseFull));
    }

    [Fact]
    public void A_full_purse_does_not_stop_the_other_one() =>
        AccountRules.Decide(Given.Account(meal: Limits.BalanceMax), Given.TopUp(500, Purse.Transport), Now)
            .Refusal.ShouldBe(AccountRefusal.None);

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_account_takes_no_money() =>
        AccountRules.Decide(Given.Account(isClosed: true), Given.TopUp(), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AccountClosed));
}
