using Zvonok.Domain.City;

namespace Zvonok.Domain.Tests.City;

/// <summary>What the city may be told (S5), against groups as they are: what each account did.</summary>
[Trait("Rule", "S5")]
public sealed class CityRulesTests
{
    private static readonly Gen<Account[]> Groups = Gen.Select(
        Gen.Int[1, 4], Gen.Frequency((8, Gen.Long[0, 30_000]), (1, Gen.Long[0, 3_000_000])), (facts, paid) => new Account(facts, paid)).Array[1, 25];

    [Fact]
    public void Of_a_group_of_fewer_than_ten_nothing_is_ever_told_and_of_others_what_is_true() => Groups.Sample(accounts =>
    {
        var told = CityRules.Tell(GroupOf(accounts));

        if (accounts.Length < 10)
        {
            told.ShouldBeNull();
            return;
        }

        told.ShouldNotBeNull().Accounts.ShouldBe(accounts.Length);
        told.Value.Facts.ShouldBe(accounts.Sum(account => account.Facts));
        if (told.Value.Amount is { } amount) amount.Kopecks.ShouldBe(accounts.Sum(account => account.Paid));
    }, iter: 20_000);

    [Fact]
    public void No_one_of_a_group_comes_nearer_to_what_another_has_paid_than_by_all_of_it() => Groups.Sample(accounts =>
    {
        if (CityRules.Tell(GroupOf(accounts))?.Amount is not { } amount) return;
        // Whoever knows the sum and the own part takes the rest for the other's: that is wrong by what all the others have paid.
        for (var knows = 0; knows < accounts.Length; knows++)
            for (var other = 0; other < accounts.Length; other++)
                if (other != knows) (amount.Kopecks - accounts[knows].Paid - accounts[other].Paid).ShouldBeGreaterThanOrEqualTo(accounts[other].Paid);
    }, iter: 20_000);

    [Fact]
    public void Money_is_told_of_most_groups_that_pay_like_children()
    {
        var prices = Enumerable.Range(0, 10).Select(i => new Account(1, 12_000 + i * 800));

        CityRules.Tell(GroupOf(prices))!.Value.Amount.ShouldBe(new Money(156_000));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Ten_different_accounts_are_enough_and_nine_are_not(int accounts, bool isTold) =>
        CityRules.Tell(GroupOf(Enumerable.Repeat(new Account(1, 100), accounts))).HasValue.ShouldBe(isTold);

    [Fact]
    public void One_child_who_did_it_a_hundred_times_is_one_account() => CityRules.Tell(GroupOf([new Account(100, 1_000_000)])).ShouldBeNull();

    [Theory]
    [InlineData(800, 800, true)]
    [InlineData(801, 800, false)]
    [InlineData(1_600, 0, true)]
    [InlineData(1_601, 0, false)]
    public void Money_of_which_two_have_more_than_half_is_not_told_and_the_number_of_accounts_is(long first, long second, bool isTold)
    {
        var told = CityRules.Tell(new CityGroup(new BuildingId(7), Given.Morning, CityKind.Bought, 10, 12, new CitySum(new Money(1_600 + first + second), new Money(first + second))));

        told!.Value.Accounts.ShouldBe(10);
        told.Value.Amount.HasValue.ShouldBe(isTold);
    }

    [Fact]
    public void A_passage_has_no_money() => CityRules.Tell(new CityGroup(new BuildingId(7), Given.Morning, CityKind.Came, 10, 10, null))!.Value.Amount.ShouldBeNull();

    [Fact]
    public void A_day_is_told_when_nothing_that_counts_can_come_any_more_in_any_zone_of_the_city()
    {
        var day = new LocalDate(2026, 9, 1);

        CityRules.ToldFrom(day, ["Europe/Moscow"]).ShouldBe(Instant.FromUtc(2026, 9, 2, 21, 0));
        CityRules.ToldFrom(day, ["Europe/Moscow", "Europe/Kaliningrad", "Asia/Kamchatka"]).ShouldBe(Instant.FromUtc(2026, 9, 2, 22, 0));
        CityRules.RecordedIn(day, "Europe/Moscow").ShouldBe(new Interval(Instant.FromUtc(2026, 8, 31, 20, 50), Instant.FromUtc(2026, 9, 2, 21, 0)));
    }

    private static CityGroup GroupOf(IEnumerable<Account> of)
    {
        var accounts = of.ToList();
        var largest = accounts.Select(account => account.Paid).OrderDescending().Take(2).Sum();
        return new CityGroup(
            new BuildingId(7), Given.Morning, CityKind.Bought, accounts.Count, accounts.Sum(account => account.Facts), new CitySum(new Money(accounts.Sum(account => account.Paid)), new Money(largest)));
    }

    private sealed record Account(int Facts, long Paid);
}
