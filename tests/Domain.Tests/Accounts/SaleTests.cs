using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Tests.Accounts;

public sealed class SaleTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "M1")]
    [Trait("Rule", "M14")]
    public void A_sale_moves_money_from_the_meal_purse_to_the_seller()
    {
        var account = Given.Account(meal: 40_000, transport: 3_000) with { Seq = 8 };
        var sale = Given.Sale(15_000, at: Now - Duration.FromMinutes(2));

        var entry = Decide(account, sale).Entry.ShouldNotBeNull();

        entry.Account.ShouldBe(Given.Number);
        entry.Seq.ShouldBe(9);
        entry.Operation.ShouldBe(sale.Operation);
        entry.Fingerprint.ShouldBe(sale.Fingerprint);
        entry.Kind.ShouldBe(EntryKind.Sale);
        entry.Purse.ShouldBe(Purse.Meal);
        entry.Amount.ShouldBe(new Money(-15_000));
        entry.Contra.ShouldBe(Given.Seller);
        entry.MealAfter.ShouldBe(new Money(25_000));
        entry.TransportAfter.ShouldBe(new Money(3_000));
        entry.LimitDay.ShouldBe(Given.Today);
        entry.SpentOn.ShouldBe(Given.Today);
        entry.SpentAfter.ShouldBe(new Money(15_000));
        entry.EventAt.ShouldBe(Now - Duration.FromMinutes(2));
        entry.RecordedAt.ShouldBe(Now);
        entry.Device.ShouldBe(Given.Till);
        entry.ReversedSeq.ShouldBe(0);
        entry.Lines.ShouldBe(sale.Lines);
        entry.MadeUntil.ShouldBe(sale.Operation.MadeAt);
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_sale_is_all_or_nothing()
    {
        var account = Given.Account(meal: 14_999);

        var decision = Decide(account, Given.Sale(15_000));

        decision.Refusal.ShouldBe(AccountRefusal.InsufficientFunds);
        decision.Entry.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_sale_may_take_the_last_kopeck() =>
        Decide(Given.Account(meal: 15_000), Given.Sale(15_000)).Entry!.MealAfter.ShouldBe(Money.Zero);

    [Fact]
    [Trait("Rule", "M10")]
    public void The_transport_purse_never_pays_for_a_meal() =>
        Decide(Given.Account(meal: 0, transport: 90_000), Given.Sale(100)).Refusal.ShouldBe(AccountRefusal.InsufficientFunds);

    [Fact]
    [Trait("Rule", "M12")]
    public void A_closed_account_buys_nothing() =>
        Decide(Given.Account(meal: 40_000, isClosed: true), Given.Sale()).Refusal.ShouldBe(AccountRefusal.AccountClosed);

    [Theory]
    [InlineData(CardRefusal.Unknown, AccountRefusal.CardUnknown)]
    [InlineData(CardRefusal.Destroyed, AccountRefusal.CardDestroyed)]
    [InlineData(CardRefusal.Lost, AccountRefusal.CardLost)]
    [InlineData(CardRefusal.Blocked, AccountRefusal.CardBlocked)]
    [InlineData(CardRefusal.NotActive, AccountRefusal.CardNotActive)]
    [InlineData(CardRefusal.Expired, AccountRefusal.CardExpired)]
    [Trait("Rule", "M1")]
    [Trait("Rule", "C2")]
    public void A_card_that_may_not_be_used_buys_nothing(CardRefusal card, AccountRefusal refusal)
    {
        var decision = AccountRules.Decide(Given.Account(meal: 40_000), Given.Sale(), card, DaySpending.None, Now);

        decision.ShouldBe(AccountDecision.Refuse(refusal));
    }

    [Fact]
    [Trait("Rule", "M1")]
    public void A_lines_total_is_its_price_times_its_pieces() =>
        new SaleLine("JUICE", ProductCategory.Buffet, 3, new Money(4_550), Allergens.None).Total.ShouldBe(new Money(13_650));

    [Fact]
    public void A_record_is_never_dated_before_the_one_before_it()
    {
        var account = Given.Account(meal: 40_000) with { RecordedAt = Now + Duration.FromSeconds(3) };

        // The new host's clock is three seconds behind the old one's.
        Decide(account, Given.Sale()).Entry!.RecordedAt.ShouldBe(Now + Duration.FromSeconds(3));
    }

    [Fact]
    [Trait("Rule", "D2")]
    public void The_latest_making_time_of_all_ids_travels_with_every_entry()
    {
        var later = Now + Duration.FromMinutes(1);
        var ledger = new Ledger(Given.Account(meal: 40_000));

        ledger.Do(Given.Sale(1) with { Operation = OperationId.Create(later, 0, 1) }, later);
        ledger.Do(Given.Sale(1) with { Operation = OperationId.Create(Now, 0, 2) }, later);

        ledger.Entries.Select(entry => entry.MadeUntil).ShouldBe([later, later]);
        ledger.Account.MadeUntil.ShouldBe(later);
    }

    [Fact]
    public void Times_are_recorded_to_the_millisecond()
    {
        var odd = Now + Duration.FromNanoseconds(1_999_999);

        var entry = AccountRules.Decide(Given.Account(meal: 40_000), Given.Sale(), CardRefusal.None, DaySpending.None, odd).Entry!;

        entry.RecordedAt.ShouldBe(Now + Duration.FromMilliseconds(1));
        entry.EventAt.ShouldBe(Now + Duration.FromMilliseconds(1));
    }

    private static AccountDecision Decide(AccountState account, Sale sale) =>
        AccountRules.Decide(account, sale, CardRefusal.None, DaySpending.None, Now);
}
