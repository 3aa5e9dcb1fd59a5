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

    [Theory]
    [Trait("Rule", "M14")]
    [InlineData("Europe/Moscow", "2026-09-01", "2026-08-31T21:00:00Z", 24)]
    [InlineData("Pacific/Kiritimati", "2026-09-01", "2026-08-31T10:00:00Z", 24)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25)]
    [InlineData("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", 23)]
    // Midnight came twice, an hour apart, and the day began with the first.
    [InlineData("America/Havana", "2020-11-01", "2020-11-01T04:00:00Z", 25)]
    // Samoa went over the date line.
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0)]
    public void A_day_spans_its_hours_whatever_the_clocks_do(string zone, string day, string start, int hours)
    {
        var span = Calendars.SpanOf(LocalDatePattern.Iso.Parse(day).Value, zone);

        span.Start.ShouldBe(InstantPattern.ExtendedIso.Parse(start).Value);
        span.Duration.ShouldBe(Duration.FromHours(hours));
    }

    [Fact]
    [Trait("Rule", "M14")]
    public void A_moment_is_in_the_span_of_its_own_day_alone() =>
        Gen.Select(Gen.Long[0, 4_102_444_800_000], Gen.Int[0, DateTimeZoneProviders.Tzdb.Ids.Count - 1].Select(n => DateTimeZoneProviders.Tzdb.Ids[n])).Sample((milliseconds, zone) =>
        {
            var moment = Instant.FromUnixTimeMilliseconds(milliseconds);
            var day = Calendars.DayOf(moment, zone);

            Calendars.SpanOf(day, zone).Contains(moment).ShouldBeTrue();
            Calendars.SpanOf(day.PlusDays(1), zone).Contains(moment).ShouldBeFalse();
            Calendars.SpanOf(day.PlusDays(-1), zone).Contains(moment).ShouldBeFalse();
        });

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
