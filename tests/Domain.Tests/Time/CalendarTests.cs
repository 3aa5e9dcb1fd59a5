using NodaTime.TimeZones;
using NodaTime.Text;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Tests.Time;

[Trait("Rule", "M2")]
public sealed class CalendarTests
{
    /// <summary>The zones of the country, from two to twelve hours ahead of UTC.</summary>
    public static TheoryData<string, int> Zones => new()
    {
        { "Europe/Kaliningrad", 2 }, { "Europe/Moscow", 3 }, { "Europe/Samara", 4 }, { "Asia/Yekaterinburg", 5 },
        { "Asia/Omsk", 6 }, { "Asia/Krasnoyarsk", 7 }, { "Asia/Irkutsk", 8 }, { "Asia/Yakutsk", 9 },
        { "Asia/Vladivostok", 10 }, { "Asia/Magadan", 11 }, { "Asia/Kamchatka", 12 },
    };

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_day_begins_at_midnight_in_the_accounts_zone(string zone, int hoursAhead)
    {
        var midnight = Instant.FromUtc(2026, 9, 2, 0, 0) - Duration.FromHours(hoursAhead);

        Calendars.DayOf(midnight, zone).ShouldBe(new LocalDate(2026, 9, 2));
        Calendars.DayOf(midnight - Duration.FromMilliseconds(1), zone).ShouldBe(new LocalDate(2026, 9, 1));
    }

    [Theory]
    // Clocks go forward: the day has 23 hours.
    [InlineData("Europe/Berlin", "2026-03-28T22:59:59.999Z", "2026-03-28")]
    [InlineData("Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29T21:59:59.999Z", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30")]
    // Clocks go back: the day has 25 hours.
    [InlineData("Europe/Berlin", "2026-10-24T21:59:59.999Z", "2026-10-24")]
    [InlineData("Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25")]
    [InlineData("Europe/Berlin", "2026-10-25T22:59:59.999Z", "2026-10-25")]
    [InlineData("Europe/Berlin", "2026-10-25T23:00:00Z", "2026-10-26")]
    [InlineData("America/New_York", "2026-03-08T04:59:59.999Z", "2026-03-07")]
    [InlineData("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-09T03:59:59.999Z", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-09T04:00:00Z", "2026-03-09")]
    [InlineData("America/New_York", "2026-11-01T03:59:59.999Z", "2026-10-31")]
    [InlineData("America/New_York", "2026-11-01T04:00:00Z", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-02T04:59:59.999Z", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-02T05:00:00Z", "2026-11-02")]
    // Here midnight itself is skipped: the day begins at one o'clock.
    [InlineData("Africa/Cairo", "2026-04-23T21:59:59.999Z", "2026-04-23")]
    [InlineData("Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-24")]
    public void A_day_keeps_its_midnights_when_the_clocks_change(string zone, string instant, string day) =>
        Calendars.DayOf(InstantPattern.ExtendedIso.Parse(instant).Value, zone).ShouldBe(LocalDatePattern.Iso.Parse(day).Value);

    [Fact]
    public void A_zone_is_found_by_its_name()
    {
        Calendars.TryGetZone("Asia/Kamchatka", out var zone).ShouldBeTrue();
        zone!.Id.ShouldBe("Asia/Kamchatka");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    public void A_name_that_is_no_zone_is_told(string name)
    {
        Calendars.TryGetZone(name, out var zone).ShouldBeFalse();
        zone.ShouldBeNull();
        Should.Throw<DateTimeZoneNotFoundException>(() => Calendars.DayOf(Given.Morning, name));
    }
}
