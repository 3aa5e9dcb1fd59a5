using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

/// <summary>A day is the calendar day in the account's zone, by the time of the event.</summary>
[Collection(nameof(OneSilo))]
public sealed class CalendarTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Theory]
    [InlineData("Europe/Moscow")]
    [InlineData("Europe/Kaliningrad")]
    [InlineData("Asia/Kamchatka")]
    [Trait("Rule", "M2")]
    public async Task The_limit_begins_anew_at_midnight_of_the_accounts_zone(string zone)
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000, limit: 5_000, zone));
        SetLocal(zone, new LocalDateTime(2026, 9, 1, 23, 59, 57));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.DailyLimit);

        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);

        (await account.Get()).ShouldNotBeNull().SpentToday.ShouldBe(new Money(5_000));
    }

    [Theory]
    [InlineData(2026, 10, 25)]
    [InlineData(2026, 3, 29)]
    [Trait("Rule", "M2")]
    public async Task A_day_on_which_the_clocks_change_is_one_day(int year, int month, int day)
    {
        const string Berlin = "Europe/Berlin";
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000, limit: 5_000, Berlin));
        SetLocal(Berlin, new LocalDateTime(year, month, day, 0, 0, 0));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);

        SetLocal(Berlin, new LocalDateTime(year, month, day, 23, 59, 57));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.DailyLimit);

        SetLocal(Berlin, new LocalDateTime(year, month, day, 23, 59, 59));
        (await Sell(account)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Rule", "M2")]
    public async Task A_sale_told_after_midnight_counts_on_the_day_it_happened(bool isDeactivated)
    {
        var account = _cluster.Account(await silo.NewAccount(meal: 100_000, limit: 5_000));
        SetLocal(Given.Zone, new LocalDateTime(2026, 9, 1, 20, 0, 0));
        var yesterday = _cluster.Clock.GetCurrentInstant();
        (await Sell(account, 4_000)).Refusal.ShouldBe(AccountRefusal.None);
        SetLocal(Given.Zone, new LocalDateTime(2026, 9, 2, 0, 30, 0));
        (await Sell(account, 3_000)).Refusal.ShouldBe(AccountRefusal.None);
        if (isDeactivated) await _cluster.Deactivate(account);

        (await Sell(account, 1_001, at: yesterday)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        (await Sell(account, 1_000, at: yesterday)).ShouldSatisfyAllConditions(
            answer => answer.Refusal.ShouldBe(AccountRefusal.None),
            answer => answer.EventAt.ShouldBe(yesterday));
        (await Sell(account, 1, at: yesterday)).Refusal.ShouldBe(AccountRefusal.DailyLimit);

        // Today's own count is as it was.
        (await Sell(account, 2_001)).Refusal.ShouldBe(AccountRefusal.DailyLimit);
        (await Sell(account, 2_000)).Refusal.ShouldBe(AccountRefusal.None);
    }

    private void SetLocal(string zone, LocalDateTime local) =>
        _cluster.Clock.Set(local.InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToInstant());

    private ValueTask<AccountAnswer> Sell(IAccountGrain account, long total = 5_000, Instant? at = null) =>
        account.Sell(Given.Sale(_cluster.NextId(), total, at), CardRefusal.None);
}
