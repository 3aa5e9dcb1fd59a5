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

        rights.Allow(Given.School).ShouldBeTrue();
        rights.Allow(Given.Club).ShouldBeTrue();
        rights.Allow(Pool).ShouldBeTrue();
        rights.Allow(Stadium).ShouldBeFalse();
        new AccessRights(Given.School).Allow(Given.Club).ShouldBeFalse();
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

    private static BuildingId[] Buildings(int count) => [.. Enumerable.Range(10, count).Select(n => new BuildingId(n))];
}
