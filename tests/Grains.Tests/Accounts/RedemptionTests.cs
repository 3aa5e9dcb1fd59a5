using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Accounts;

[Collection(nameof(OneSilo))]
[Trait("Rule", "M5")]
public sealed class RedemptionTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task What_was_had_survives_a_deactivation_and_so_do_the_rights()
    {
        var account = await Entitled();
        (await Redeem(account, MealKind.Lunch)).Refusal.ShouldBe(AccountRefusal.None);

        await _cluster.Deactivate(account);

        (await Redeem(account, MealKind.Lunch)).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);
        (await Redeem(account, MealKind.Breakfast)).Refusal.ShouldBe(AccountRefusal.None);
        (await Redeem(account, MealKind.Dinner)).Refusal.ShouldBe(AccountRefusal.NotEntitled);
    }

    [Fact]
    public async Task A_late_meal_is_held_against_the_journal_of_its_own_day()
    {
        var account = await Entitled();
        // 23:30 in Moscow, then half an hour after midnight.
        var evening = Instant.FromUtc(2026, 9, 1, 20, 30);
        _cluster.Clock.Set(evening);
        var lunch = await Redeem(account, MealKind.Lunch);
        _cluster.Clock.Set(evening + Duration.FromHours(1));
        (await Redeem(account, MealKind.Breakfast)).Refusal.ShouldBe(AccountRefusal.None);

        (await Redeem(account, MealKind.Lunch, evening)).Refusal.ShouldBe(AccountRefusal.AlreadyRedeemed);
        (await Redeem(account, MealKind.Breakfast, evening)).Refusal.ShouldBe(AccountRefusal.None);
        (await account.Reverse(Given.Reversal(_cluster.NextId(), lunch.Seq))).Refusal.ShouldBe(AccountRefusal.None);
        (await Redeem(account, MealKind.Lunch, evening)).Refusal.ShouldBe(AccountRefusal.None);
    }

    [Fact]
    public async Task Of_many_that_ask_at_the_same_time_one_is_served()
    {
        var account = await Entitled();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Redeem(account, MealKind.Lunch).AsTask()));

        answers.Count(answer => answer.Refusal == AccountRefusal.None).ShouldBe(1);
        answers.Count(answer => answer.Refusal == AccountRefusal.AlreadyRedeemed).ShouldBe(19);
    }

    private async Task<IAccountGrain> Entitled()
    {
        var account = _cluster.Account(await silo.NewAccount());
        var right = new Entitlement(
            ContraAccount.Budget(5), MealSet.Of(MealKind.Breakfast, MealKind.Lunch), WeekdaySet.Of(Enum.GetValues<IsoDayOfWeek>().Skip(1)), new LocalDate(2026, 9, 1), new LocalDate(2026, 9, 30));
        (await account.Change(Given.EntitlementChange(_cluster.NextId(), new EntitlementList(right)))).Refusal.ShouldBe(AccountRefusal.None);
        return account;
    }

    private ValueTask<AccountAnswer> Redeem(IAccountGrain account, MealKind meal, Instant? at = null) =>
        account.Redeem(Given.Redemption(_cluster.NextId(), meal, at), CardRefusal.None);
}
