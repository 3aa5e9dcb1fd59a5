using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Tests.Buildings;

namespace Zvonok.Domain.Tests.Cards;

/// <summary>Where and when a card opens gates: the most specific rule wins, and of equally specific ones those that deny.</summary>
[Trait("Rule", "P4")]
public sealed class AccessRuleTests
{
    /// <summary>Tuesday, 09:00 in Moscow.</summary>
    private static readonly Instant Now = Given.Morning;
    private static readonly BuildingId Elsewhere = new(9);
    private static readonly HourSpan FromNine = new(9 * 60, 10 * 60);
    private static readonly HourSpan FromTen = new(10 * 60, 11 * 60);
    private static readonly WeekdaySet Tuesday = WeekdaySet.Of(IsoDayOfWeek.Tuesday);
    private static readonly WeekdaySet Wednesday = WeekdaySet.Of(IsoDayOfWeek.Wednesday);

    [Fact]
    public void A_club_lets_in_on_its_days_and_at_its_hours_and_at_no_other_time()
    {
        var club = Allow(Given.Club) with { Weekdays = Tuesday, Hours = FromNine };

        At(Given.Club, club).ShouldBe(AccessVerdict.Allowed);
        At(Given.Club, club with { Weekdays = Wednesday }).ShouldBe(AccessVerdict.NotNow);
        At(Given.Club, club with { Hours = FromTen }).ShouldBe(AccessVerdict.NotNow);
        At(Elsewhere, club).ShouldBe(AccessVerdict.NoRight);
        At(Given.School, club).ShouldBe(AccessVerdict.Allowed);
    }

    [Theory]
    [InlineData(9 * 60, 9 * 60 + 1, AccessVerdict.Allowed)]
    [InlineData(8 * 60, 9 * 60, AccessVerdict.NotNow)]
    [InlineData(9 * 60 + 1, 10 * 60, AccessVerdict.NotNow)]
    [InlineData(0, HourSpan.DayMinutes, AccessVerdict.Allowed)]
    public void Hours_begin_with_their_first_minute_and_are_over_at_their_end(short first, short end, AccessVerdict expected) =>
        At(Given.Club, Allow(Given.Club) with { Hours = new HourSpan(first, end) }).ShouldBe(expected);

    [Theory]
    [InlineData(0, 0, AccessVerdict.Allowed)]
    [InlineData(-1, 1, AccessVerdict.Allowed)]
    [InlineData(1, 2, AccessVerdict.NotNow)]
    [InlineData(-2, -1, AccessVerdict.NotNow)]
    public void A_rule_is_valid_from_its_first_day_to_its_last(int from, int until, AccessVerdict expected)
    {
        At(Given.Club, Allow(Given.Club) with { From = Given.Today.PlusDays(from), Until = Given.Today.PlusDays(until) }).ShouldBe(expected);
        At(Given.Club, Allow(Given.Club) with { From = Given.Today.PlusDays(from) }).ShouldBe(from > 0 ? AccessVerdict.NotNow : AccessVerdict.Allowed);
        At(Given.Club, Allow(Given.Club) with { Until = Given.Today.PlusDays(until) }).ShouldBe(until < 0 ? AccessVerdict.NotNow : AccessVerdict.Allowed);
    }

    [Fact]
    public void Days_and_hours_are_those_of_the_building()
    {
        // 23:30 on Monday in Moscow, 02:30 on Tuesday in Omsk, 21:30 UTC.
        var night = Instant.FromUtc(2026, 8, 31, 20, 30);
        var rights = new AccessRights(Given.School, [], [Allow(Given.Club) with { Weekdays = Tuesday, Hours = new HourSpan(2 * 60, 3 * 60), From = Given.Today, Until = Given.Today }]);

        rights.Check(Given.Club, night, "Asia/Omsk").ShouldBe(AccessVerdict.Allowed);
        rights.Check(Given.Club, night, Given.Zone).ShouldBe(AccessVerdict.NotNow);
    }

    [Fact]
    public void Deny_beats_allow_at_the_same_specificity_in_any_order()
    {
        foreach (var say in (Func<AccessRule, AccessRule>[])[rule => rule, rule => rule with { Hours = FromNine }, rule => rule with { Weekdays = Tuesday }, rule => rule with { From = Given.Today }])
        {
            var (allow, deny) = (say(Allow(Given.Club)), say(Deny(Given.Club)));
            At(Given.Club, allow, deny).ShouldBe(AccessVerdict.Denied);
            At(Given.Club, deny, allow).ShouldBe(AccessVerdict.Denied);
        }

        // The home and further buildings are as specific as a rule that says nothing but the building.
        At(Given.School, Deny(Given.School)).ShouldBe(AccessVerdict.Denied);
    }

    /// <summary>From the most specific one down; each of them applies.</summary>
    private static readonly AccessRule[] Ladder =
    [
        new(false, Given.School, Tuesday, FromNine, Given.Today, Given.Today),
        new(false, Given.School, Tuesday, FromNine),
        new(false, Given.School, default, FromNine, Given.Today),
        new(false, Given.School, default, FromNine),
        new(false, Given.School, Tuesday, null, null, Given.Today),
        new(false, Given.School, Tuesday),
        new(false, Given.School, default, null, Given.Today),
        new(false, Given.School),
        new(false, null, Tuesday, FromNine, Given.Today),
        new(false, null, Tuesday, FromNine),
        new(false, null, default, FromNine, Given.Today),
        new(false, null, default, FromNine),
        new(false, null, Tuesday, null, Given.Today),
        new(false, null, Tuesday),
        new(false, null, default, null, Given.Today),
        new(false),
    ];

    [Fact]
    public void The_more_specific_rule_wins_building_before_hours_before_weekdays_before_dates()
    {
        for (var more = 0; more < Ladder.Length; more++)
            for (var less = more + 1; less < Ladder.Length; less++)
            {
                Elsewhere_At(Ladder[more], Ladder[less] with { IsDeny = true }).ShouldBe(AccessVerdict.Allowed, $"{more} before {less}");
                Elsewhere_At(Ladder[more] with { IsDeny = true }, Ladder[less]).ShouldBe(AccessVerdict.Denied, $"{more} before {less}");
            }

        // Of a card that is at home in another building.
        static AccessVerdict Elsewhere_At(params AccessRule[] rules) => new AccessRights(Elsewhere, [], rules).Check(Given.School, Now, Given.Zone);
    }

    [Fact]
    public void A_rule_that_does_not_apply_decides_nothing_however_specific()
    {
        At(Given.School, Deny(Given.School) with { Hours = FromTen, Weekdays = Tuesday }).ShouldBe(AccessVerdict.Allowed);
        At(Given.School, Deny(Given.Club) with { Hours = FromNine }).ShouldBe(AccessVerdict.Allowed);
    }

    [Fact]
    public void A_rule_for_all_buildings_yields_to_the_home_and_opens_the_others()
    {
        At(Given.School, Deny(null)).ShouldBe(AccessVerdict.Allowed);
        At(Given.School, Deny(null) with { Hours = FromNine }).ShouldBe(AccessVerdict.Allowed);
        At(Elsewhere, Allow(null)).ShouldBe(AccessVerdict.Allowed);
        At(Elsewhere, Allow(null), Deny(Elsewhere)).ShouldBe(AccessVerdict.Denied);
    }

    [Fact]
    public void What_only_denies_gives_no_right_at_other_times()
    {
        At(Elsewhere, Deny(Elsewhere) with { Hours = FromTen }).ShouldBe(AccessVerdict.NoRight);
        At(Elsewhere, Deny(Elsewhere)).ShouldBe(AccessVerdict.Denied);
    }

    /// <summary>Against every rule being weighed by itself.</summary>
    [Fact]
    public void Any_rules_are_decided_by_the_most_specific_ones_that_apply() =>
        Gen.Select(
            Gen.Select(Gen.Bool, OneOf(Given.School, Given.Club, default), OneOf(default, Tuesday, Wednesday), OneOf<HourSpan?>(null, FromNine, FromTen), Gen.Int[-1, 1].Nullable(), Gen.Int[-1, 1].Nullable(),
                (isDeny, building, weekdays, hours, from, until) => new AccessRule(
                    isDeny, building == default ? null : building, weekdays, hours, from is { } first ? Given.Today.PlusDays(first) : null, until is { } last ? Given.Today.PlusDays(last) : null)).Array[0, 8],
            OneOf(Given.School, Given.Club, Elsewhere)).Sample((rules, building) =>
        {
            var all = building == Given.School ? [.. rules, new AccessRule(false, Given.School)] : rules;
            var about = all.Where(rule => rule.Building is null || rule.Building == building).ToList();
            var applying = about.Where(rule => (rule.Weekdays.IsEmpty || rule.Weekdays == Tuesday) && rule.Hours != FromTen && !(rule.From > Given.Today) && !(rule.Until < Given.Today)).ToList();
            var winners = applying.GroupBy(rule => (rule.Building is not null, rule.Hours is not null, !rule.Weekdays.IsEmpty, rule.From is not null || rule.Until is not null)).MaxBy(same => same.Key)?.ToList();
            var expected = winners is null ? (about.Any(rule => !rule.IsDeny) ? AccessVerdict.NotNow : AccessVerdict.NoRight) : winners.Any(rule => rule.IsDeny) ? AccessVerdict.Denied : AccessVerdict.Allowed;

            At(building, rules).ShouldBe(expected);
        }, iter: 20_000);

    [Fact]
    [Trait("Rule", "P1")]
    public void The_gate_tells_why_it_stays_shut_and_always_lets_out()
    {
        Tap(Deny(Given.School)).Refusal.ShouldBe(TapRefusal.AccessDenied);
        Tap(home: Elsewhere, rules: Allow(Given.School) with { Hours = FromTen }).Refusal.ShouldBe(TapRefusal.NotAtThisTime);
        Tap(home: Elsewhere, rules: Deny(Given.School) with { Hours = FromTen }).Refusal.ShouldBe(TapRefusal.NoAccessRight);
        Tap(home: Elsewhere, rules: Allow(Given.School) with { Hours = FromNine }).Outcome.ShouldBe(PassageOutcome.Admitted);
        Tap(Deny(Given.School), direction: Direction.Out).Outcome.ShouldNotBe(PassageOutcome.Refused);
        Tap(Deny(Given.School), mode: BuildingMode.Evacuation).Outcome.ShouldNotBe(PassageOutcome.Refused);
    }

    [Fact]
    public void The_time_of_the_event_counts_not_that_of_its_arrival()
    {
        var card = Given.Card(rights: new AccessRights(Elsewhere, [], [Allow(Given.School) with { Hours = FromNine }]));

        BuildingRules.Decide(Given.Building(), Given.Tap(at: Now), card, Now + Duration.FromHours(3)).Refusal.ShouldBe(TapRefusal.None);
        BuildingRules.Decide(Given.Building(), Given.Tap(), card, Now + Duration.FromHours(3)).Refusal.ShouldBe(TapRefusal.NotAtThisTime);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.OneOf(values.Select(Gen.Const).ToArray());

    private static AccessRule Allow(BuildingId? building) => new(false, building);

    private static AccessRule Deny(BuildingId? building) => new(true, building);

    private static AccessVerdict At(BuildingId building, params AccessRule[] rules) => new AccessRights(Given.School, [], rules).Check(building, Now, Given.Zone);

    private static Passage Tap(AccessRule rules, BuildingId? home = null, Direction direction = Direction.In, BuildingMode mode = BuildingMode.Normal)
    {
        var building = Given.Building();
        building.Pass(Given.ModeChange(mode), Now);
        return BuildingRules.Decide(building, Given.Tap(direction), Given.Card(rights: new AccessRights(home ?? Given.School, [], [rules])), Now);
    }
}
