using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

public sealed class AccountStateTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    public void An_account_without_entries_is_empty()
    {
        var account = AccountState.From(Given.Account().Profile, newest: null);

        account.ShouldBe(Given.Account());
        account.Seq.ShouldBe(0);
        account.RecordedAt.ShouldBe(Instant.MinValue);
        account.MadeUntil.ShouldBe(Instant.MinValue);
        account.SpentOn.ShouldBe(LocalDate.MinIsoValue);
        AccountRules.SpentOn(account, Given.Today).ShouldBe(DaySpending.None);
    }

    [Fact]
    [Trait("Rule", "M14")]
    public void The_newest_entry_alone_brings_an_account_back()
    {
        var before = Given.Account(meal: 40_000, transport: 300) with { Seq = 11 };
        var entry = AccountRules.Decide(before, Given.Sale(15_000), CardRefusal.None, DaySpending.None, Now).Entry!;

        var account = AccountState.From(before.Profile, entry);

        account.ShouldBe(new AccountState
        {
            Profile = before.Profile,
            Seq = 12,
            Meal = new Money(25_000),
            Transport = new Money(300),
            SpentOn = Given.Today,
            Spent = new DaySpending(new Money(15_000), Money.Zero),
            RecordedAt = Now,
            MadeUntil = Given.Operation().MadeAt,
        });
    }

    [Fact]
    public void Each_purse_has_its_own_balance()
    {
        var account = Given.Account(meal: 1, transport: 2);

        account.Balance(Purse.Meal).ShouldBe(new Money(1));
        account.Balance(Purse.Transport).ShouldBe(new Money(2));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_granted_answer_tells_the_entrys_number_and_the_balances()
    {
        var account = Given.Account(meal: 40_000, transport: 300);
        var entry = AccountRules.Decide(account, Given.Sale(15_000), CardRefusal.None, DaySpending.None, Now).Entry!;

        AccountAnswer.Of(entry).ShouldBe(new AccountAnswer
        {
            Refusal = AccountRefusal.None,
            Account = Given.Number,
            Seq = 1,
            Meal = new Money(25_000),
            Transport = new Money(300),
            EventAt = Now,
        });
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_refused_answer_tells_the_reason_and_no_balance()
    {
        var answer = AccountAnswer.Refused(AccountRefusal.DailyLimit, Given.Number);

        answer.ShouldBe(new AccountAnswer { Refusal = AccountRefusal.DailyLimit, Account = Given.Number });
        AccountAnswer.Refused(AccountRefusal.CardUnknown).Account.ShouldBe(default);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_refused_answer_names_the_lines_that_stand_in_the_way()
    {
        var sale = Given.Meal(hotMeal: 10_000, buffet: 500);

        var lines = LineSet.Where(sale.Lines, line => line.Category == ProductCategory.Buffet);

        AccountAnswer.Refused(AccountRefusal.CategoryLimit, Given.Number, lines).Lines.Indexes().ShouldBe([1]);
        LineSet.Where([.. Enumerable.Repeat(sale.Lines[0], Limits.SaleLinesMax)], _ => true).Indexes().ShouldBe(Enumerable.Range(0, Limits.SaleLinesMax));
        LineSet.None.Indexes().ShouldBeEmpty();
    }

    [Fact]
    public void A_decision_is_either_an_entry_or_a_refusal()
    {
        var entry = AccountRules.Decide(Given.Account(), Given.TopUp(), Now).Entry!;

        AccountDecision.Grant(entry).ShouldBe(new AccountDecision(entry, AccountRefusal.None, LineSet.None));
        AccountDecision.Refuse(AccountRefusal.PurseFull).ShouldBe(new AccountDecision(null, AccountRefusal.PurseFull, LineSet.None));
    }
}
