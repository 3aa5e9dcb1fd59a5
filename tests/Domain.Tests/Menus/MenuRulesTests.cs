using Zvonok.Domain.Menus;

namespace Zvonok.Domain.Tests.Menus;

[Trait("Rule", "M6")]
public sealed class MenuRulesTests
{
    private static readonly LocalDate Day = new(2026, 9, 1);

    [Theory]
    [InlineData("Europe/Moscow", 21)]
    [InlineData("Asia/Kamchatka", 12)]
    [InlineData("Etc/GMT+12", 36)]
    public void A_cut_off_is_no_later_than_the_end_of_its_day_at_the_school(string zone, int hours)
    {
        var end = Instant.FromUtc(2026, 9, 1, 0, 0) + Duration.FromHours(hours);

        MenuRules.MayCutOff(end, Day, zone).ShouldBeTrue();
        MenuRules.MayCutOff(end + Duration.Epsilon, Day, zone).ShouldBeFalse();
    }

    [Fact]
    public void A_cut_off_is_in_1970_or_later()
    {
        MenuRules.MayCutOff(NodaConstants.UnixEpoch, Day, "Europe/Moscow").ShouldBeTrue();
        MenuRules.MayCutOff(NodaConstants.UnixEpoch - Duration.Epsilon, Day, "Europe/Moscow").ShouldBeFalse();
    }

    [Fact]
    public void The_last_day_of_all_has_none()
    {
        MenuRules.MayCutOff(NodaConstants.UnixEpoch, LocalDate.MaxIsoValue, "Etc/GMT+12").ShouldBeFalse();
        MenuRules.MayCutOff(NodaConstants.UnixEpoch, LocalDate.MaxIsoValue.PlusDays(-1), "Etc/GMT+12").ShouldBeTrue();
    }
}
