using Zvonok.Domain.Accounts;
using Zvonok.Domain.Tests.Time;

namespace Zvonok.Domain.Tests.Accounts;

[Trait("Rule", "M2")]
public sealed class DailyLimitTests
{
    private static readonly Instant Now = Given.Morning;

    [Fact]
    public void A_sale_up_to_the_days_limit_is_granted()
    {
        var ledger = Limited(20_000);

        ledger.Do(Given.Sale(15_000), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Given.Sale(5_000), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Account.Spent.Total.ShouldBe(new Money(20_000));
    }

    [Fact]
    public void A_sale_over_the_days_limit_is_refused()
    {
        var ledger = Limited(20_000);
        ledger.Do(Given.Sale(15_000), Now);

        ledger.Do(Given.Sale(5_001), Now).ShouldBe(AccountDecision.Refuse(AccountRefusal.DailyLimit));
    }

    [Fact]
    public void A_limit_of_nothing_refuses_every_sale() =>
        Limited(0).Do(Given.Sale(1), Now).Refusal.ShouldBe(AccountRefusal.DailyLimit);

    [Fact]
    public void Without_a_limit_the_purse_alone_decides() =>
        new Ledger(Given.Account(meal: 1_000_000)).Do(Given.Sale(1_000_000), Now).Refusal.ShouldBe(AccountRefusal.None);

    [Theory]
    [MemberData(nameof(CalendarTests.Zones), MemberType = typeof(CalendarTests))]
    public void The_limit_begins_anew_at_midnight_in_the_accounts_zone(string zone, int hoursAhead)
    {
        var midnight = Instant.FromUtc(2026, 9, 2, 0, 0) - Duration.FromHours(hoursAhead);
        var ledger = new Ledger(Given.Account(meal: 100_000, limit: 20_000, zone: zone));
        ledger.Do(Given.Sale(20_000), midnight - Duration.FromHours(2));

        ledger.Do(Given.Sale(1), midnight - Duration.FromMilliseconds(1)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        ledger.Do(Given.Sale(20_000), midnight).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Account.SpentOn.ShouldBe(new LocalDate(2026, 9, 2));
        ledger.Account.Spent.Total.ShouldBe(new Money(20_000));
    }

    [Theory]
    // The hour from two to three comes twice: still one day.
    [InlineData("Europe/Berlin", 2026, 10, 25, 0, 30)]
    [InlineData("America/New_York", 2026, 11, 1, 5, 30)]
    // It does not come at all: half an hour on either side of the gap is one day.
    [InlineData("Europe/Berlin", 2026, 3, 29, 0, 30)]
    [InlineData("America/New_York", 2026, 3, 8, 6, 30)]
    public void The_night_of_the_clock_change_has_one_limit(string zone, int year, int month, int day, int hour, int minute)
    {
        var before = Instant.FromUtc(year, month, day, hour, minute);
        var ledger = new Ledger(Given.Account(meal: 100_000, limit: 20_000, zone: zone));
        ledger.Do(Given.Sale(20_000), before);

        ledger.Do(Given.Sale(1), before + Duration.FromHours(1)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        ledger.Account.SpentOn.ShouldBe(new LocalDate(year, month, day));
    }

    [Fact]
    public void A_sale_counts_on_the_day_of_its_event_not_of_its_arrival()
    {
        var midnight = Instant.FromUtc(2026, 9, 1, 21, 0);
        var ledger = Limited(20_000);

        var entry = ledger.Do(Given.Sale(20_000, at: midnight - Duration.FromMinutes(1)), midnight + Duration.FromMinutes(1)).Entry!;

        entry.LimitDay.ShouldBe(new LocalDate(2026, 9, 1));
        ledger.Do(Given.Sale(20_000), midnight + Duration.FromMinutes(2)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_sale_from_before_midnight_arriving_after_one_of_the_next_day_counts_on_its_own_day()
    {
        var midnight = Instant.FromUtc(2026, 9, 1, 21, 0);
        var (late, now) = (midnight - Duration.FromMinutes(5), midnight + Duration.FromMinutes(20));
        var ledger = Limited(20_000);
        ledger.Do(Given.Sale(12_000), midnight - Duration.FromHours(3));
        ledger.Do(Given.Sale(7_000), midnight + Duration.FromMinutes(10));

        ledger.Do(Given.Sale(8_001, at: late), now).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        var entry = ledger.Do(Given.Sale(8_000, at: late), now).Entry.ShouldNotBeNull();

        entry.LimitDay.ShouldBe(new LocalDate(2026, 9, 1));
        entry.SpentOn.ShouldBe(new LocalDate(2026, 9, 2));
        entry.SpentAfter.ShouldBe(new Money(7_000));
        ledger.Do(Given.Sale(13_000), now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Given.Sale(1), now).Refusal.ShouldBe(AccountRefusal.DailyLimit);
    }

    [Fact]
    public void What_is_spent_is_known_for_the_latest_day_and_after_and_has_to_be_asked_for_before()
    {
        var account = Given.Account() with { SpentOn = Given.Today, Spent = new DaySpending(new Money(600), new Money(100)) };

        AccountRules.SpentOn(account, Given.Today).ShouldBe(new DaySpending(new Money(600), new Money(100)));
        AccountRules.SpentOn(account, Given.Today.PlusDays(1)).ShouldBe(DaySpending.None);
        AccountRules.SpentOn(account, Given.Today.PlusDays(-1)).ShouldBeNull();
    }

    [Fact]
    public void A_lowered_limit_takes_effect_at_once()
    {
        var ledger = Limited(20_000);
        ledger.Do(Given.Sale(15_000), Now);
        ledger.Do(Given.LimitChange(15_000), Now);

        ledger.Do(Given.Sale(1), Now).Refusal.ShouldBe(AccountRefusal.DailyLimit);
    }

    [Fact]
    public void A_raised_or_lifted_limit_takes_effect_at_once()
    {
        var ledger = Limited(10_000);
        ledger.Do(Given.Sale(10_000), Now);

        ledger.Do(Given.LimitChange(12_000), Now);
        ledger.Do(Given.Sale(2_000), Now).Refusal.ShouldBe(AccountRefusal.None);
        ledger.Do(Given.LimitChange(null), Now);
        ledger.Do(Given.Sale(50_000), Now).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public void A_top_up_does_not_touch_the_days_spending()
    {
        var ledger = Limited(20_000);
        ledger.Do(Given.Sale(15_000), Now);

        var entry = ledger.Do(Given.TopUp(9_000), Now + Duration.FromDays(1)).Entry!;

        entry.SpentOn.ShouldBe(Given.Today);
        entry.SpentAfter.ShouldBe(new Money(15_000));
    }

    private static Ledger Limited(long limit) => new(Given.Account(meal: 100_000, limit: limit));
}
