using Zvonok.Domain.Reports;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Tests.Reports;

[Trait("Rule", "A4")]
public sealed class ReportSpanTests
{
    [Fact]
    public void What_is_read_before_the_zone_is_known_has_the_days_of_every_zone_at_every_hour()
    {
        for (var hour = 0; hour < 24; hour++)
        {
            var now = Given.Morning + Duration.FromHours(hour);
            foreach (var daysOf in (Func<LocalDate, string, ReportDays>[])[ReportDays.Day, ReportDays.Week])
            {
                CheckAll(DayAt, daysOf);
                CheckAll(_ => new LocalDate(2026, 3, 29), daysOf);
            }

            LocalDate DayAt(string zone) => Calendars.DayOf(now, zone);
        }
    }

    private static void CheckAll(Func<string, LocalDate> dayIn, Func<LocalDate, string, ReportDays> daysOf)
    {
        var wide = ReportSpan.OfAnyZone(dayIn(ReportSpan.Westernmost), dayIn(ReportSpan.Easternmost), daysOf);
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids)
        {
            var own = daysOf(dayIn(zone), zone).Span;
            (wide.EntriesFrom <= own.EntriesFrom && wide.PassagesFrom <= own.PassagesFrom).ShouldBeTrue($"the days of {zone} begin before");
            (wide.EntriesUntil >= own.EntriesUntil && wide.PassagesUntil >= own.PassagesUntil).ShouldBeTrue($"the days of {zone} end behind");
        }
    }
}
