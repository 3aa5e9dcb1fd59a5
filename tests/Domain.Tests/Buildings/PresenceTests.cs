using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Domain.Tests.Buildings;

public sealed class PresenceTests
{
    /// <summary>Midnight in Moscow between 1 and 2 September.</summary>
    private static readonly Instant Midnight = Instant.FromUtc(2026, 9, 1, 21, 0);
    private static readonly Duration Tick = Duration.FromMilliseconds(1);
    private static readonly Duration Day = Duration.FromDays(1);

    [Fact]
    [Trait("Rule", "S2")]
    public void The_roll_is_called_by_account_number_with_the_time_of_entry()
    {
        var presence = new Presence();
        foreach (var serial in new[] { 30, 10, 20 }) presence.See(AccountNumber.FromSerial(serial), Seen(true, Midnight + Duration.FromSeconds(serial)));

        presence.Count.ShouldBe(3);
        presence.Inside.ShouldBe([.. new[] { 10, 20, 30 }.Select(serial =>
            KeyValuePair.Create(AccountNumber.FromSerial(serial), Midnight + Duration.FromSeconds(serial)))]);
    }

    [Fact]
    public void Leaving_without_being_inside_changes_nothing()
    {
        var presence = new Presence();

        presence.See(Given.Number, Seen(false, Midnight));

        presence.Count.ShouldBe(0);
        presence.Since(Given.Number).ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void An_entry_that_is_told_of_late_brings_nobody_back_who_has_left_since()
    {
        var presence = new Presence();
        presence.See(Given.Number, Seen(false, Midnight + Tick));

        presence.See(Given.Number, Seen(true, Midnight));
        presence.Count.ShouldBe(0);
        presence.See(Given.Number, Seen(true, Midnight + 2 * Tick));
        presence.See(Given.Number, Seen(false, Midnight + Tick));

        presence.Since(Given.Number).ShouldBe(Midnight + 2 * Tick);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void Of_two_passages_in_one_millisecond_the_operation_decides()
    {
        foreach (var order in (int[][])[[1, 2], [2, 1]])
        {
            var presence = new Presence();
            foreach (var operation in order) presence.See(Given.Number, Seen(operation == 1, Midnight, operation));
            presence.Count.ShouldBe(0);
        }
    }

    [Fact]
    [Trait("Rule", "O3")]
    public void What_is_older_than_the_horizon_counts_no_more_when_it_comes_late()
    {
        var presence = new Presence();
        presence.DropBefore(Midnight);

        presence.See(Given.Number, Seen(true, Midnight - Tick));

        presence.Snapshot().People.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "P5")]
    public void Only_so_many_reports_wait_for_their_passages_and_the_oldest_gives_way()
    {
        var presence = new Presence();
        for (var n = 0; n <= Presence.AwaitedMax; n++) presence.Await(Given.Operation(n), Midnight + n * Tick);

        presence.IsAwaited(Given.Operation(0)).ShouldBeFalse();
        presence.IsAwaited(Given.Operation(1)).ShouldBeTrue();
        presence.DropBefore(Midnight + Duration.FromDays(31) + Duration.FromMinutes(1));
        presence.Snapshot().Awaited.ShouldBeEmpty();
    }

    [Fact]
    public void An_entry_at_the_horizon_is_kept_and_an_older_one_dropped()
    {
        var presence = new Presence();
        presence.See(AccountNumber.FromSerial(1), Seen(true, Midnight - Tick));
        presence.See(AccountNumber.FromSerial(2), Seen(true, Midnight));

        presence.DropBefore(Midnight);

        presence.Inside.Select(person => person.Key).ShouldBe([AccountNumber.FromSerial(2)]);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_boarders_night_is_on_the_roll_call()
    {
        var building = Entered(Midnight - Duration.FromHours(3));

        building.Pass(Given.Tap(), Given.Card(serial: 2), Midnight + Day - Tick);

        building.Presence.Since(Given.Number).ShouldBe(Midnight - Duration.FromHours(3));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_forgotten_exit_is_dropped_when_the_day_after_the_next_begins()
    {
        Presence.DaysMax.ShouldBe(2);
        var (early, late) = (Entered(Midnight - Tick), Entered(Midnight));

        early.Pass(Given.Tap(), Given.Card(serial: 2), Midnight + Day);
        late.Pass(Given.Tap(), Given.Card(serial: 2), Midnight + Day);

        early.Presence.Since(Given.Number).ShouldBeNull();
        late.Presence.Since(Given.Number).ShouldBe(Midnight);
        early.Today.ShouldBe(new LocalDate(2026, 9, 3));
    }

    [Fact]
    public void A_refusal_and_a_change_of_mode_turn_the_day_too()
    {
        var (refused, changed) = (Entered(Midnight - Tick), Entered(Midnight - Tick));

        refused.Pass(Given.Tap(), card: null, Midnight + Day);
        changed.Pass(Given.ModeChange(BuildingMode.Normal), Midnight + Day);

        refused.Presence.Count.ShouldBe(0);
        changed.Presence.Count.ShouldBe(0);
    }

    [Fact]
    public void A_passage_from_before_midnight_does_not_turn_the_day_back()
    {
        var building = Entered(Midnight + Duration.FromMinutes(1));

        building.Pass(Given.Tap(at: Midnight - Duration.FromMinutes(1)), Given.Card(serial: 2), Midnight + Duration.FromMinutes(2));

        building.Today.ShouldBe(new LocalDate(2026, 9, 2));
        building.Presence.Count.ShouldBe(2);
    }

    [Theory]
    // The day after a night of 23 or 25 hours begins at midnight all the same.
    [InlineData("Europe/Berlin", 2026, 3, 28, 23, 2026, 3, 30, 22)]
    [InlineData("Europe/Berlin", 2026, 10, 24, 22, 2026, 10, 26, 23)]
    // The day of the entry begins at one o'clock: there is no midnight.
    [InlineData("Africa/Cairo", 2026, 4, 23, 22, 2026, 4, 25, 21)]
    public void The_horizon_keeps_to_the_calendar_when_the_clocks_change(
        string zone, int year, int month, int day, int hour, int laterYear, int laterMonth, int laterDay, int laterHour)
    {
        var dayStart = Instant.FromUtc(year, month, day, hour, 0);
        // Midnight in that zone between the next day and the day after it.
        var dayAfterNext = Instant.FromUtc(laterYear, laterMonth, laterDay, laterHour, 0);
        var kept = Entered(dayStart, zone);
        var dropped = Entered(dayStart, zone);

        kept.Pass(Given.Tap(), Given.Card(serial: 2), dayAfterNext - Tick);
        dropped.Pass(Given.Tap(), Given.Card(serial: 2), dayAfterNext);

        kept.Presence.Since(Given.Number).ShouldBe(dayStart);
        dropped.Presence.Since(Given.Number).ShouldBeNull();
    }

    private static Whereabouts Seen(bool isInside, Instant at, int operation = 1) => new(isInside, at.ToUnixTimeMilliseconds(), Given.Operation(operation));

    private static BuildingState Entered(Instant at, string zone = Given.Zone)
    {
        var building = Given.Building(zone);
        building.Pass(Given.Tap(Direction.In), Given.Card(), at);
        return building;
    }
}
