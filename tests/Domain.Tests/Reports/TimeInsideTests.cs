using Zvonok.Domain.Buildings;
using Zvonok.Domain.Tests.Time;
using static Zvonok.Domain.Tests.Reports.Life;

namespace Zvonok.Domain.Tests.Reports;

[Trait("Rule", "A4")]
public sealed class TimeInsideTests
{
    private static readonly LocalDate Monday = new(2026, 8, 31);
    private static readonly LocalDate Tuesday = Given.Today;
    private static readonly LocalDate Wednesday = new(2026, 9, 2);

    [Fact]
    public void Each_stay_lasts_from_the_entry_to_the_exit() =>
        HoursInside(Tuesday, passages: [Out("2026-09-01 14:30"), In("2026-09-01 13:00"), In("2026-09-01 08:00"), Out("2026-09-01 12:00")]).ShouldBe(5.5);

    [Fact]
    public void Who_has_not_left_is_inside_until_now_on_the_day_of_the_entry()
    {
        HoursInside(Tuesday, At("2026-09-01 10:15"), passages: In("2026-09-01 08:00")).ShouldBe(2.25);
        HoursInside(Tuesday, At("2026-09-01 23:59"), passages: In("2026-09-01 23:59")).ShouldBe(0);
        // Recorded since the moment of asking.
        HoursInside(Tuesday, At("2026-09-01 08:00"), passages: In("2026-09-01 09:00")).ShouldBe(0);
    }

    [Fact]
    public void An_entry_without_an_exit_counts_for_nothing_when_its_day_is_over()
    {
        HoursInside(Tuesday, At("2026-09-02 00:00"), passages: In("2026-09-01 08:00")).ShouldBe(0);
        HoursInside(Wednesday, At("2026-09-02 10:00"), passages: In("2026-09-01 08:00")).ShouldBe(0);
    }

    [Fact]
    public void An_exit_without_an_entry_counts_for_nothing() =>
        HoursInside(Tuesday, passages: [Out("2026-09-01 08:00"), In("2026-09-01 09:00"), Out("2026-09-01 10:00"), Out("2026-09-01 12:00")]).ShouldBe(1);

    [Fact]
    [Trait("Rule", "P3")]
    public void A_second_entry_on_the_same_day_begins_no_other_stay() =>
        HoursInside(Tuesday, passages: [In("2026-09-01 08:00"), In("2026-09-01 11:00"), Out("2026-09-01 12:00")]).ShouldBe(4);

    [Fact]
    public void An_entry_on_a_later_day_begins_a_stay_and_the_one_before_has_no_exit()
    {
        Passage[] passages = [In("2026-08-31 08:00"), In("2026-09-01 08:00"), Out("2026-09-01 12:00")];

        HoursInside(Monday, passages: passages).ShouldBe(0);
        HoursInside(Tuesday, passages: passages).ShouldBe(4);
    }

    [Fact]
    [Trait("Rule", "P5")]
    public void What_nobody_walked_through_counts_for_nothing_whenever_it_is_reported()
    {
        Passage[] day = [Numbered(1, In("2026-09-01 08:00")), Numbered(2, Out("2026-09-01 09:00")), Numbered(3, In("2026-09-01 10:00")), Numbered(4, Out("2026-09-01 12:00"))];

        HoursInside(Tuesday, passages: day).ShouldBe(3);
        HoursInside(Tuesday, passages: [Annuls(3), .. day]).ShouldBe(1);
        HoursInside(Tuesday, passages: [.. day, Annuls(2)]).ShouldBe(4);
        HoursInside(Tuesday, passages: [.. day, Annuls(2), Annuls(3)]).ShouldBe(4);
        HoursInside(Tuesday, passages: [.. day, Annuls(1), Annuls(2), Annuls(3), Annuls(4)]).ShouldBe(0);
        // What was refused is no report, and another building's passage another one.
        HoursInside(Tuesday, passages: [.. day, Annuls(3) with { Outcome = PassageOutcome.Refused }]).ShouldBe(3);
        HoursInside(Tuesday, passages: [.. day, Annuls(3) with { Building = Given.Club }]).ShouldBe(3);

        static Passage Numbered(long seq, Passage passage) => passage with { Seq = seq };

        static Passage Annuls(long seq) => In("2026-09-20 08:00") with { Seq = 100 + seq, Kind = PassageKind.NotPassed, Direction = null, Token = null, Annulment = new Annulment(seq, null) };
    }

    [Fact]
    public void A_night_is_divided_at_midnight()
    {
        Passage[] passages = [In("2026-08-31 20:00"), Out("2026-09-01 07:00"), In("2026-09-01 23:00"), Out("2026-09-02 00:30")];

        HoursInside(Monday, passages: passages).ShouldBe(4);
        HoursInside(Tuesday, passages: passages).ShouldBe(8);
        HoursInside(Wednesday, passages: passages).ShouldBe(0.5);
    }

    [Fact]
    public void A_stay_ends_on_the_day_after_its_entry_at_the_latest()
    {
        HoursInside(Tuesday, passages: [In("2026-08-31 08:00"), Out("2026-09-01 23:59")]).ShouldBe(24 - 1 / 60d, tolerance: 1e-9);
        HoursInside(Tuesday, passages: [In("2026-08-31 08:00"), Out("2026-09-02 00:00")]).ShouldBe(0);
    }

    [Fact]
    public void What_is_spent_in_two_buildings_at_once_counts_once() => HoursInside(Tuesday, passages:
    [
        In("2026-09-01 08:00"), Out("2026-09-01 14:00"),
        In("2026-09-01 10:00", Given.Club), Out("2026-09-01 11:00", Given.Club),
        In("2026-09-01 13:00", Given.Club), Out("2026-09-01 16:00", Given.Club),
    ]).ShouldBe(8);

    [Fact]
    public void An_exit_ends_the_stay_in_its_own_building_only() =>
        HoursInside(Tuesday, passages: [In("2026-09-01 08:00"), Out("2026-09-01 10:00", Given.Club), Out("2026-09-01 11:00")]).ShouldBe(3);

    [Fact]
    public void A_gate_that_stayed_shut_let_nobody_pass() => HoursInside(Tuesday, passages:
    [
        In("2026-09-01 08:00") with { Outcome = PassageOutcome.Refused }, In("2026-09-01 09:00"),
        Out("2026-09-01 10:00") with { Outcome = PassageOutcome.Refused }, Out("2026-09-01 11:00") with { Outcome = PassageOutcome.AdmittedFlagged },
    ]).ShouldBe(2);

    [Fact]
    public void Passages_of_one_moment_are_in_the_order_of_their_building()
    {
        var at = At("2026-09-01 10:00");

        HoursInside(Tuesday, passages: [In("2026-09-01 08:00"), Passage(Direction.In, at, seq: 3), Passage(Direction.Out, at, seq: 2), Out("2026-09-01 11:00")]).ShouldBe(3);
        HoursInside(Tuesday, passages: [In("2026-09-01 08:00"), Passage(Direction.In, at, seq: 2), Passage(Direction.Out, at, seq: 3), Out("2026-09-01 11:00")]).ShouldBe(2);
    }

    [Theory]
    // Clocks go forward at two, back at three; where midnight itself is skipped the day begins at one.
    [InlineData("Europe/Berlin", "2026-03-28 22:00", "2026-03-29 06:00", 2, 5)]
    [InlineData("Europe/Berlin", "2026-10-24 22:00", "2026-10-25 06:00", 2, 7)]
    [InlineData("Africa/Cairo", "2026-04-23 22:00", "2026-04-24 06:00", 2, 5)]
    public void The_night_in_which_the_clock_changes_has_the_hours_that_passed(string zone, string entry, string exit, double before, double after)
    {
        Passage[] passages = [In(entry, zone: zone), Out(exit, zone: zone)];
        var day = passages[1].EventAt.InZone(DateTimeZoneProviders.Tzdb[zone]).Date;

        HoursInside(day.PlusDays(-1), zone: zone, passages: passages).ShouldBe(before);
        HoursInside(day, zone: zone, passages: passages).ShouldBe(after);
    }

    [Theory]
    [MemberData(nameof(CalendarTests.Zones), MemberType = typeof(CalendarTests))]
    public void A_night_is_divided_at_the_midnight_of_the_accounts_zone(string zone, int hoursAhead)
    {
        var midnight = Instant.FromUtc(2026, 9, 2, 0, 0) - Duration.FromHours(hoursAhead);
        Passage[] passages = [Passage(Direction.In, midnight - Duration.FromHours(2)), Passage(Direction.Out, midnight + Duration.FromHours(1))];

        HoursInside(Tuesday, zone: zone, passages: passages).ShouldBe(2);
        HoursInside(Wednesday, zone: zone, passages: passages).ShouldBe(1);
    }
}
