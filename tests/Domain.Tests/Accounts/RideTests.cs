using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>A ride is paid from the transport purse, to its carrier, within the day's limit of rides.</summary>
[Trait("Rule", "M10")]
public sealed class RideTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    [Trait("Rule", "M14")]
    public void A_ride_moves_its_fare_from_the_transport_purse_to_the_carrier()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000, transport: 10_000));
        var ride = Given.Ride(4_600, at: Now - Duration.FromMinutes(3));

        var entry = ledger.Do(ride, Now).Entry.ShouldNotBeNull();

        (entry.Kind, entry.Purse, entry.Amount, entry.Contra, entry.Device).ShouldBe((EntryKind.Ride, Purse.Transport, new Money(-4_600), Given.Carrier, Given.Validator));
        (entry.MealAfter, entry.TransportAfter).ShouldBe((new Money(50_000), new Money(5_400)));
        (entry.Operation, entry.Fingerprint, entry.EventAt).ShouldBe((ride.Operation, ride.Fingerprint, Now - Duration.FromMinutes(3)));
        entry.Lines.ShouldBeEmpty();
        entry.OnCredit.ShouldBe(Money.Zero);
    }

    [Fact]
    public void The_transport_purse_pays_to_the_last_kopeck_and_the_meal_purse_never()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000, transport: 4_600));

        ledger.Do(Given.Ride(4_601), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.InsufficientFunds));
        ledger.Do(Given.Ride(4_600), Now).Entry.ShouldNotBeNull().TransportAfter.ShouldBe(Money.Zero);
        ledger.Do(Given.Ride(1), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.InsufficientFunds));
    }

    [Fact]
    public void The_days_rides_stay_within_their_limit_and_meals_do_not_count_on_it()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000, transport: 50_000));
        ledger.Do(Given.RideLimitChange(10_000), Now);
        ledger.Do(Given.Sale(15_000), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Given.Ride(4_600), Now).Refusal.ShouldBe(AccountRefusal.None);

        ledger.Do(Given.Ride(5_401), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.DailyLimit));
        ledger.Do(Given.Ride(5_400), Now).Entry.ShouldNotBeNull().RidesSpentAfter.ShouldBe(new Money(10_000));
        ledger.Account.Spent.ShouldBe(new DaySpending(new Money(15_000), Money.Zero, new Money(10_000)));
        ledger.Do(Given.Ride(1), Now + Duration.FromDays(1)).Entry.ShouldNotBeNull().RidesSpentAfter.ShouldBe(new Money(1));
    }

    [Fact]
    [Trait("Rule", "M2")]
    public void Rides_do_not_count_on_the_limits_of_meals()
    {
        var ledger = new Ledger(Given.Account(meal: 50_000, transport: 50_000, limit: 15_000));
        ledger.Do(Given.Ride(4_600), Now);

        ledger.Do(Given.Sale(15_000), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_late_ride_counts_on_its_own_day()
    {
        var ledger = new Ledger(Given.Account(transport: 50_000));
        ledger.Do(Given.RideLimitChange(5_000), Now);
        // 23:30 in Moscow, and half an hour after midnight.
        var evening = Instant.FromUtc(2026, 9, 1, 20, 30);
        ledger.Do(Given.Ride(4_600), evening);
        ledger.Do(Given.Ride(4_600), evening + Duration.FromHours(1)).Entry.ShouldNotBeNull().SpentOn.ShouldBe(Given.Today.PlusDays(1));

        ledger.Do(Given.Ride(401, at: evening), evening + Duration.FromHours(2)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        var late = ledger.Do(Given.Ride(400, at: evening), evening + Duration.FromHours(2)).Entry.ShouldNotBeNull();
        (late.LimitDay, late.SpentOn, late.RidesSpentAfter).ShouldBe((Given.Today, Given.Today.PlusDays(1), new Money(4_600)));
    }

    [Fact]
    public void The_limit_of_rides_is_beside_those_of_meals()
    {
        var account = Given.Account(limit: 100) with { Seq = 4 };

        AccountRules.ProfileAfter(account, Given.RideLimitChange(300)).ShouldBe(account.Profile with { RideLimit = new Money(300), Version = 5 });
        AccountRules.ProfileAfter(account, Given.RideLimitChange(null)).ShouldBe(account.Profile with { Version = 5 });
    }

    [Theory]
    [InlineData(CardRefusal.Expired, true, AccountRefusal.CardExpired)]
    [InlineData(CardRefusal.None, true, AccountRefusal.AccountClosed)]
    [InlineData(CardRefusal.None, false, AccountRefusal.DailyLimit)]
    public void A_cards_refusal_comes_before_a_closed_account_that_before_the_limit_and_that_before_an_empty_purse(CardRefusal card, bool isClosed, AccountRefusal expected)
    {
        var account = Given.Account(isClosed: isClosed);
        var limited = account with { Profile = account.Profile with { RideLimit = Money.Zero } };

        AccountRules.Decide(limited, Given.Ride(1), card, DaySpending.None, Now).ShouldBe(AccountDecision.Refuse(expected));
    }

    [Fact]
    [Trait("Rule", "M8")]
    public void A_ride_is_no_sale_that_a_canteen_could_take_back()
    {
        var ledger = new Ledger(Given.Account(transport: 50_000));
        ledger.Do(Given.Ride(4_600), Now);

        ledger.Do(Given.Reversal(saleSeq: 1), Now).Refusal.ShouldBe(AccountRefusal.SaleUnknown);
    }
}
