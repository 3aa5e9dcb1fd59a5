using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M12")]
public sealed class ClosingTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "M14")]
    public void What_is_left_is_paid_out_purse_by_purse_and_then_the_account_is_closed()
    {
        var account = Given.Account(meal: 50_000, transport: 700) with { Seq = 4 };

        var entries = AccountRules.Close(account, Given.Closing(bank: 3), Now);

        entries.Select(entry => (entry.Seq, entry.Kind, entry.Purse, entry.Amount.Kopecks, Contra: entry.Contra.ToString())).ShouldBe(
        [
            (5, EntryKind.Payout, Purse.Meal, -50_000, "bank/3"),
            (6, EntryKind.Payout, Purse.Transport, -700, "bank/3"),
            (7, EntryKind.Closing, Purse.Meal, 0, "none"),
        ]);
        (entries[^1].MealAfter, entries[^1].TransportAfter).ShouldBe((Money.Zero, Money.Zero));
        entries.Select(entry => (entry.Operation, entry.Fingerprint)).Distinct().ShouldHaveSingleItem("they are one operation");
        AccountRules.ProfileClosedBy(entries[^1], account.Profile).ShouldBe(account.Profile with { IsClosed = true, Version = 7 });
    }

    [Theory]
    [InlineData(0, 0, null, 1)]
    [InlineData(0, 0, 3, 1)]
    [InlineData(1, 0, 3, 2)]
    [InlineData(0, 1, 3, 2)]
    public void Only_what_is_there_is_paid_out(long meal, long transport, int? bank, int entries) =>
        AccountRules.Close(Given.Account(meal: meal, transport: transport), Given.Closing(bank), Now).Length.ShouldBe(entries);

    [Theory]
    [InlineData(0, 0, null, false, false, AccountRefusal.None)]
    [InlineData(1, 0, null, false, false, AccountRefusal.PurseNotEmpty)]
    [InlineData(0, 1, null, false, false, AccountRefusal.PurseNotEmpty)]
    [InlineData(1, 1, 3, false, false, AccountRefusal.None)]
    [InlineData(1, 1, null, true, false, AccountRefusal.MoneyInTransit)]
    [InlineData(0, 0, 3, true, false, AccountRefusal.MoneyInTransit)]
    [InlineData(-1, 5, 3, false, false, AccountRefusal.InDebt)]
    [InlineData(-1, 5, null, true, false, AccountRefusal.InDebt)]
    [InlineData(-1, 5, null, true, true, AccountRefusal.AccountClosed)]
    public void Nothing_may_be_owed_nor_on_its_way_nor_left_over(long meal, long transport, int? bank, bool isInTransit, bool isClosed, AccountRefusal expected) =>
        AccountRules.MayClose(Given.Account(meal: meal, transport: transport, isClosed: isClosed), Given.Closing(bank), isInTransit).ShouldBe(expected);

    [Fact]
    public void Afterwards_everything_is_refused()
    {
        var closed = Given.Account(meal: 50_000, transport: 50_000, isClosed: true);
        AccountRefusal[] refusals =
        [
            AccountRules.Decide(closed, Given.Sale(), default, DaySpending.None, Now).Refusal,
            AccountRules.Decide(closed, Given.Redemption(), default, MealSet.None, Now).Refusal,
            AccountRules.Decide(closed, Given.Ride(), default, DaySpending.None, Now).Refusal,
            AccountRules.Decide(closed, Given.Reversal(), null, LineSet.None, Now).Refusal,
            AccountRules.Decide(closed, Given.TopUp(), Now).Refusal,
            AccountRules.Decide(closed, Given.LimitChange(1), Now).Refusal,
            AccountRules.Decide(closed, Given.StopListChange(null), Now).Refusal,
            AccountRules.Decide(closed, Given.EntitlementChange(null), Now).Refusal,
            AccountRules.Decide(closed, Given.Transfer(1), mayChangePurse: true, Now).Refusal,
            AccountRules.Decide(closed, Given.Fee(1), Now).Refusal,
            AccountRules.MayClose(closed, Given.Closing(3), isInTransit: false),
        ];

        refusals.ShouldAllBe(refusal => refusal == AccountRefusal.AccountClosed);
    }

    [Fact]
    public void Who_pays_out_is_part_of_what_is_asked_for() =>
        new[] { Given.Closing(null), Given.Closing(3), Given.Closing(4) }.Select(closing => closing.Fingerprint).ShouldBeUnique();
}
