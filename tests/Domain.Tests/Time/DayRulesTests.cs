using Zvonok.Domain.Time;

namespace Zvonok.Domain.Tests.Time;

[Trait("Rule", "M6")]
public sealed class DayRulesTests
{
    private static readonly Duration Grace = Duration.FromHours(4);

    [Theory]
    [InlineData("Europe/Moscow", 0, 59, 31)]
    [InlineData("Europe/Moscow", 1, 0, 1)]
    [InlineData("Europe/Kaliningrad", 1, 59, 31)]
    [InlineData("Europe/Kaliningrad", 2, 0, 1)]
    [InlineData("Asia/Kamchatka", 15, 59, 1)]
    [InlineData("Asia/Kamchatka", 16, 0, 2)]
    public void A_day_is_closed_hours_after_its_midnight_in_the_buildings_own_zone(string zone, int hour, int minute, int latest)
    {
        // 2 September by UTC: where it is not four in the morning yet, the day before the last is the latest that is over.
        var now = Instant.FromUtc(2026, 9, 2, hour, minute);

        DayRules.ToClose(null, zone, now, Grace).ShouldBe([latest == 31 ? new LocalDate(2026, 8, 31) : new LocalDate(2026, 9, latest)]);
    }

    [Fact]
    public void Days_that_were_missed_are_caught_up_one_by_one_and_none_is_closed_twice()
    {
        var now = Instant.FromUtc(2026, 9, 5, 9, 0);

        DayRules.ToClose(new LocalDate(2026, 9, 1), "Europe/Moscow", now, Grace).ShouldBe([new(2026, 9, 2), new(2026, 9, 3), new(2026, 9, 4)]);
        DayRules.ToClose(new LocalDate(2026, 9, 4), "Europe/Moscow", now, Grace).ShouldBeEmpty();
        DayRules.ToClose(new LocalDate(2026, 9, 7), "Europe/Moscow", now, Grace).ShouldBeEmpty("a clock that went back closes nothing again");
    }

    [Fact]
    public void Nights_of_daylight_saving_have_their_day_too() => Gen.Int[0, 24 * 40].Sample(hours =>
    {
        // Berlin's clocks go back on 25 October 2026 and forward on 28 March 2027.
        foreach (var begin in new[] { Instant.FromUtc(2026, 10, 1, 0, 0), Instant.FromUtc(2027, 3, 10, 0, 0) })
        {
            var now = begin + Duration.FromHours(hours);
            var latest = DayRules.ToClose(null, "Europe/Berlin", now, Grace).ShouldHaveSingleItem();
            (now - latest.PlusDays(1).AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).ToInstant()).ShouldBeInRange(Grace, Grace + Duration.FromHours(25));
        }
    });
}
