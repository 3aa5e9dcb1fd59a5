using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Reports;
using Zvonok.Domain.Tests.Time;

namespace Zvonok.Domain.Tests.Reports;

public sealed class ReportDaysTests
{
    [Fact]
    [Trait("Rule", "A4")]
    public void A_week_is_from_monday_to_sunday()
    {
        for (var day = new LocalDate(2026, 8, 31); day <= new LocalDate(2026, 9, 6); day = day.PlusDays(1))
        {
            var week = ReportDays.Week(day, Given.Zone);
            (week.First, week.Last).ShouldBe((new LocalDate(2026, 8, 31), new LocalDate(2026, 9, 6)));
            week.All().Count().ShouldBe(7);
        }

        ReportDays.Week(new(2026, 9, 7), Given.Zone).First.ShouldBe(new LocalDate(2026, 9, 7));
    }

    [Theory]
    [Trait("Rule", "A4")]
    [MemberData(nameof(CalendarTests.Zones), MemberType = typeof(CalendarTests))]
    public void Days_begin_and_end_at_the_midnights_of_their_zone(string zone, int hoursAhead)
    {
        var days = ReportDays.Day(Given.Today, zone);

        days.Start.ShouldBe(Instant.FromUtc(2026, 9, 1, 0, 0) - Duration.FromHours(hoursAhead));
        days.End.ShouldBe(days.Start + Duration.FromDays(1));
        days.Of(Given.Today).ShouldBe(new Interval(days.Start, days.End));
    }

    [Theory]
    [Trait("Rule", "A4")]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    public void The_day_on_which_the_clock_changes_is_shorter_or_longer(int year, int month, int day, int hours) =>
        ReportDays.Day(new(year, month, day), "Europe/Berlin").Of(new(year, month, day)).Duration.ShouldBe(Duration.FromHours(hours));

    [Fact]
    [Trait("Rule", "A4")]
    public void What_tells_of_days_is_recorded_within_the_times_that_are_read()
    {
        var days = ReportDays.Week(Given.Today, Given.Zone);
        // A device's time is believed for half a day, and another silo's clock may have been ahead.
        var late = OperationRules.EventAgeMax + Duration.FromHours(23);

        // A stay of these days begins on the day before, and ends on the day after.
        days.PassagesFrom.ShouldBe(days.Start - Duration.FromDays(1));
        (days.End + Duration.FromDays(1) + late).ShouldBeLessThan(days.PassagesUntil);
        // A sale of the last day may be taken back until its days for that are over.
        (days.End + Duration.FromDays(AccountRules.ReversalDaysMax - 1) + late).ShouldBeLessThan(days.EntriesUntil);
    }

    [Fact]
    [Trait("Rule", "A3")]
    public void Every_entry_is_of_one_kind_of_history()
    {
        Enum.GetValues<EntryKind>().Select(HistoryKinds.Of).ShouldAllBe(kind => Enum.IsDefined(kind) && kind != HistoryKind.Passage);
        HistoryKinds.EntriesOf([HistoryKind.Money]).ShouldContain(EntryKind.TopUp);
        HistoryKinds.EntriesOf([HistoryKind.Money]).ShouldNotContain(EntryKind.Sale);
        HistoryKinds.EntriesOf([HistoryKind.Passage]).ShouldBeEmpty();
        HistoryKinds.EntriesOf(Enum.GetValues<HistoryKind>()).ShouldBe(Enum.GetValues<EntryKind>());
        Should.Throw<ArgumentOutOfRangeException>(() => HistoryKinds.Of((EntryKind)99));
    }
}
