using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Cards;

[Trait("Rule", "P4")]
public sealed class AccessRightsTests
{
    private static readonly BuildingId Pool = new(3003);
    private static readonly BuildingId Stadium = new(3004);

    [Fact]
    public void A_card_opens_its_home_its_further_buildings_and_nothing_else()
    {
        var rights = new AccessRights(Given.School, Given.Club, Pool);

        At(rights, Given.School).ShouldBe(AccessVerdict.Allowed);
        At(rights, Given.Club).ShouldBe(AccessVerdict.Allowed);
        At(rights, Pool).ShouldBe(AccessVerdict.Allowed);
        At(rights, Stadium).ShouldBe(AccessVerdict.NoRight);
        At(new AccessRights(Given.School), Given.Club).ShouldBe(AccessVerdict.NoRight);
    }

    [Fact]
    public void Further_buildings_are_kept_ascending_once_and_without_the_home()
    {
        var rights = new AccessRights(Given.School, Pool, Given.School, Given.Club, Pool);

        rights.Home.ShouldBe(Given.School);
        rights.Further.ShouldBe([Given.Club, Pool]);
    }

    [Fact]
    public void The_order_in_which_buildings_are_named_means_nothing()
    {
        var rights = new AccessRights(Given.School, Given.Club, Pool);
        var same = new AccessRights(Given.School, Pool, Given.Club);

        rights.Equals(same).ShouldBeTrue();
        rights.Equals((object)same).ShouldBeTrue();
        rights.GetHashCode().ShouldBe(same.GetHashCode());
    }

    [Fact]
    public void Other_buildings_are_other_rights()
    {
        var rights = new AccessRights(Given.School, Given.Club);

        rights.Equals(new AccessRights(Given.School, Pool)).ShouldBeFalse();
        rights.Equals(new AccessRights(Given.School)).ShouldBeFalse();
        rights.Equals(new AccessRights(Pool, Given.Club)).ShouldBeFalse();
        rights.Equals(null).ShouldBeFalse();
        rights.Equals("rights").ShouldBeFalse();
        rights.GetHashCode().ShouldNotBe(new AccessRights(Given.School).GetHashCode());
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void Thirty_two_further_buildings_are_taken_and_one_more_is_not()
    {
        new AccessRights(Given.School, Buildings(Limits.FurtherBuildingsMax)).Further.Length.ShouldBe(32);
        Should.Throw<ArgumentOutOfRangeException>(() => new AccessRights(Given.School, Buildings(Limits.FurtherBuildingsMax + 1)));
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void Sixteen_rules_are_taken_and_one_more_is_not()
    {
        new AccessRights(Given.School, [], Rules(Limits.AccessRulesMax)).Rules.Length.ShouldBe(16);
        Should.Throw<ArgumentOutOfRangeException>(() => new AccessRights(Given.School, [], Rules(Limits.AccessRulesMax + 1)));

        static AccessRule[] Rules(int count) => [.. Buildings(count).Select(building => new AccessRule(false, building))];
    }

    [Fact]
    public void The_order_of_rules_means_nothing_and_what_they_say_does()
    {
        AccessRule[] rules = [new(true, Pool), new(false, Pool, Hours: new HourSpan(1, 2)), new(false, Weekdays: WeekdaySet.Of(IsoDayOfWeek.Monday)), new(false, From: Given.Today), new(false, Until: Given.Today)];
        var rights = new AccessRights(Given.School, [], rules);

        new AccessRights(Given.School, [], [.. rules.Reverse()]).ShouldBe(rights);
        new AccessRights(Given.School, [], [.. rules, .. rules]).ShouldBe(rights);
        for (var i = 0; i < rules.Length; i++) new AccessRights(Given.School, [], [.. rules.Where((_, n) => n != i)]).ShouldNotBe(rights);
        rights.Named.ShouldBe([Given.School, Pool], ignoreOrder: true);
    }

    private static AccessVerdict At(AccessRights rights, BuildingId building) => rights.Check(building, Given.Morning, Given.Zone);

    private static BuildingId[] Buildings(int count) => [.. Enumerable.Range(10, count).Select(n => new BuildingId(n))];
}
