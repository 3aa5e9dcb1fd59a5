using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M8")]
public sealed class ReversalTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "M14")]
    public void A_reversal_moves_the_whole_sale_back_to_its_purse()
    {
        var ledger = Sold(15_000);
        var reversal = Given.Reversal() with { Device = new DeviceId(502) };

        var entry = ledger.Do(reversal, Now + Duration.FromMinutes(5)).Entry.ShouldNotBeNull();

        entry.Kind.ShouldBe(EntryKind.Reversal);
        entry.Seq.ShouldBe(2);
        entry.Operation.ShouldBe(reversal.Operation);
        entry.Fingerprint.ShouldBe(reversal.Fingerprint);
        entry.Purse.ShouldBe(Purse.Meal);
        entry.Amount.ShouldBe(new Money(15_000));
        entry.Contra.ShouldBe(Given.Seller);
        entry.MealAfter.ShouldBe(new Money(40_000));
        entry.ReversedSeq.ShouldBe(1);
        entry.Device.ShouldBe(new DeviceId(502));
        entry.Lines.ShouldBe(ledger.Entries[0].Lines);
        entry.EventAt.ShouldBe(Now + Duration.FromMinutes(5));
    }

    [Fact]
    [Trait("Rule", "M2")]
    public void A_reversal_on_the_same_day_gives_the_limit_back()
    {
        var ledger = Sold(15_000, limit: 20_000);
        ledger.Do(Given.Sale(5_001), Now).Refusal.ShouldBe(AccountRefusal.DailyLimit);

        var entry = ledger.Do(Given.Reversal(), Now).Entry!;

        entry.LimitDay.ShouldBe(Given.Today);
        entry.SpentAfter.ShouldBe(Money.Zero);
        ledger.Do(Given.Sale(20_000), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public void A_reversal_on_a_later_day_gives_the_limit_back_to_the_sales_day_alone()
    {
        var ledger = Sold(15_000, limit: 20_000);
        var tomorrow = Now + Duration.FromDays(1);
        ledger.Do(Given.Sale(5_000), tomorrow);

        var entry = ledger.Do(Given.Reversal(saleSeq: 1), tomorrow).Entry!;

        entry.LimitDay.ShouldBe(Given.Today);
        entry.SpentOn.ShouldBe(Given.Today.PlusDays(1));
        entry.SpentAfter.ShouldBe(new Money(5_000));
        ledger.SpentByEntries(Given.Today).ShouldBe(DaySpending.None);
        ledger.Do(Given.Sale(15_001), tomorrow).Refusal.ShouldBe(AccountRefusal.DailyLimit);
    }

    [Fact]
    [Trait("Rule", "M2")]
    public void A_reversal_before_anything_else_is_bought_leaves_the_new_days_limit_whole()
    {
        var ledger = Sold(15_000, limit: 20_000);
        var tomorrow = Now + Duration.FromDays(1);

        var entry = ledger.Do(Given.Reversal(), tomorrow).Entry!;

        entry.SpentOn.ShouldBe(Given.Today);
        entry.SpentAfter.ShouldBe(Money.Zero);
        ledger.Do(Given.Sale(20_001), tomorrow).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        ledger.Do(Given.Sale(20_000), tomorrow).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_sale_may_be_taken_back_on_its_own_day_and_the_two_days_after()
    {
        AccountRules.ReversalDaysMax.ShouldBe(3);
        // The night after the second day ends at 21:00 UTC.
        var lastMoment = Instant.FromUtc(2026, 9, 3, 20, 59) + Duration.FromSeconds(59);

        Sold(15_000).Do(Given.Reversal(), lastMoment).Refusal.ShouldBe(AccountRefusal.None);
        Sold(15_000).Do(Given.Reversal(), lastMoment + Duration.FromSeconds(1)).ShouldBe(AccountDecision.Refuse(AccountRefusal.ReversalTooLate));
    }

    [Fact]
    public void The_days_of_a_reversal_count_by_the_time_of_its_event()
    {
        var lastMoment = Instant.FromUtc(2026, 9, 3, 20, 59);

        Sold(15_000).Do(Given.Reversal(at: lastMoment), lastMoment + Duration.FromHours(3)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_sale_is_never_taken_back_twice()
    {
        var ledger = Sold(15_000);
        ledger.Do(Given.Reversal(), Now);

        ledger.Do(Given.Reversal(operation: 9), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AlreadyReversed));
        ledger.Account.Meal.ShouldBe(new Money(40_000));
    }

    [Fact]
    public void Another_operator_does_not_take_a_sale_back() =>
        Sold(15_000).Do(Given.Reversal(seller: ContraAccount.Operator(8)), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.OtherOperator));

    [Fact]
    public void A_bank_of_the_operators_number_is_not_the_operator() =>
        Sold(15_000).Do(Given.Reversal(seller: ContraAccount.Bank(7)), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.OtherOperator));

    [Fact]
    public void A_number_that_no_entry_has_is_no_sale() =>
        Sold(15_000).Do(Given.Reversal(saleSeq: 2), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.SaleUnknown));

    [Fact]
    public void An_entry_that_is_no_sale_is_not_taken_back()
    {
        var ledger = Sold(15_000);
        ledger.Do(Given.Reversal(saleSeq: 1), Now);
        ledger.Do(Given.TopUp(), Now);
        ledger.Do(Given.LimitChange(5), Now);

        for (var seq = 2; seq <= 4; seq++)
            ledger.Do(Given.Reversal(saleSeq: seq), Now).Refusal.ShouldBe(AccountRefusal.SaleUnknown);
    }

    [Fact]
    public void A_reversal_fills_the_purse_to_its_brim_and_not_beyond()
    {
        var ledger = Sold(15_000);
        ledger.Do(Given.TopUp(Limits.BalanceMax - 40_000), Now);
        ledger.Do(Given.Reversal(), Now).Entry!.MealAfter.ShouldBe(new Money(Limits.BalanceMax));

        var fuller = Sold(15_000);
        fuller.Do(Given.TopUp(Limits.BalanceMax - 39_999), Now);
        fuller.Do(Given.Reversal(), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.PurseFull));
    }

    [Fact]
    public void Some_lines_go_back_with_their_money_and_their_day_and_the_rest_stays_sold()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);

        var entry = ledger.Do(Given.Reversal(lines: LineSet.Of(1)), Now).Entry.ShouldNotBeNull();

        (entry.Amount, entry.MealAfter, entry.Contra).ShouldBe((new Money(700), new Money(25_000), Given.Seller));
        entry.Lines.ShouldBe([ledger.Entries[0].Lines[1]]);
        entry.ReversedLines.Indexes().ShouldBe([1]);
        ledger.Account.Spent.ShouldBe(new DaySpending(new Money(15_000), Money.Zero));
    }

    [Fact]
    public void A_line_is_taken_back_once_and_the_rest_by_its_lines_or_as_what_is_left()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);
        ledger.Do(Given.Reversal(lines: LineSet.Of(1)), Now);

        var again = ledger.Do(Given.Reversal(lines: LineSet.Of(0, 1)), Now);
        (again.Refusal, again.Lines).ShouldBe((AccountRefusal.AlreadyReversed, LineSet.Of(1)));
        var rest = ledger.Do(Given.Reversal(), Now).Entry.ShouldNotBeNull();

        (rest.Amount, rest.MealAfter, rest.ReversedLines).ShouldBe((new Money(15_000), new Money(40_000), LineSet.Of(0)));
        ledger.Account.Spent.ShouldBe(DaySpending.None);
        ledger.Do(Given.Reversal(), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AlreadyReversed));
        ledger.Do(Given.Reversal(lines: LineSet.Of(0)), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.AlreadyReversed, LineSet.Of(0)));
    }

    [Fact]
    public void All_lines_by_name_are_the_whole_sale()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);

        ledger.Do(Given.Reversal(lines: LineSet.Of(1, 0)), Now).Entry.ShouldNotBeNull().ReversedLines.ShouldBe(LineSet.None);
    }

    [Fact]
    public void Lines_that_the_sale_does_not_have_are_named_and_nothing_goes_back() =>
        Sold(15_000).Do(Given.Reversal(lines: LineSet.Of(0, 1, 49)), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.LineUnknown, LineSet.Of(1, 49)));

    [Fact]
    [Trait("Rule", "M14")]
    public void A_line_that_cost_nothing_goes_back_without_another_side()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 0), Now);

        var entry = ledger.Do(Given.Reversal(lines: LineSet.Of(1)), Now).Entry.ShouldNotBeNull();

        (entry.Amount, entry.Contra, entry.MealAfter).ShouldBe((Money.Zero, ContraAccount.None, new Money(25_000)));
        ledger.Do(Given.Reversal(), Now).Entry.ShouldNotBeNull().Amount.ShouldBe(new Money(15_000));
    }

    [Fact]
    public void Part_of_a_sale_fits_where_the_whole_does_not()
    {
        var ledger = new Ledger(Given.Account(meal: 40_000));
        ledger.Do(Given.Meal(hotMeal: 15_000, buffet: 700), Now);
        ledger.Do(Given.TopUp(Limits.BalanceMax - 25_000), Now);

        ledger.Do(Given.Reversal(), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.PurseFull));
        ledger.Do(Given.Reversal(lines: LineSet.Of(1)), Now).Entry.ShouldNotBeNull().MealAfter.ShouldBe(new Money(Limits.BalanceMax));
    }

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_account_takes_nothing_back()
    {
        var sale = Sold(15_000).Entries[0];

        AccountRules.Decide(Given.Account(isClosed: true), Given.Reversal(), sale, LineSet.None, Now)
            .ShouldBe(AccountDecision.Refuse(AccountRefusal.AccountClosed));
    }

    /// <summary>An account of 40,000 kopecks after a sale of so many.</summary>
    private static Ledger Sold(long total, long? limit = null)
    {
        var ledger = new Ledger(Given.Account(meal: 40_000, limit: limit));
        ledger.Do(Given.Sale(total), Now).Refusal.ShouldBe(AccountRefusal.None);
        return ledger;
    }
}
