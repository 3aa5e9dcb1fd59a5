using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>Weeks of taps at one building, against a list of passages that is read again from its start each time.</summary>
public sealed class PresenceProperty
{
    private const int MoscowHours = 3;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Int[0, 400], Gen.Int[-60, 760].Nullable(), Gen.Int[1, 4], Gen.Enum<Direction>(),
        Gen.Frequency((8, Gen.Const(CardState.Active)), (1, Gen.Const(CardState.Lost))),
        Gen.Frequency((12, Gen.Const((BuildingMode?)null)), (1, Gen.Enum<BuildingMode>().Select(mode => (BuildingMode?)mode))),
        Gen.Frequency((8, Gen.Const(true)), (1, Gen.Const(false))),
        (minutes, lateness, person, direction, state, mode, isHome) => new Step(minutes, lateness, person, direction, state, mode, isHome));

    [Fact]
    [Trait("Rule", "P1")]
    [Trait("Rule", "S2")]
    public void Whoever_is_inside_by_the_admitted_passages_is_present_and_nobody_else() => Steps.List[1, 60].Sample(steps =>
    {
        var building = Given.Building();
        var passages = new List<Passage>();
        var now = Given.Morning;

        foreach (var step in steps)
        {
            now += Duration.FromMinutes(step.Minutes);
            passages.Add(Take(building, step, now, passages.Count + 1));

            var isInside = Inside(passages);
            building.Presence.Inside.ShouldBe(isInside);
            building.Presence.Count.ShouldBe(isInside.Count);
            building.Seq.ShouldBe(passages.Count);
        }
    }, iter: 1_000);

    [Fact]
    [Trait("Rule", "P2")]
    public void A_passage_is_recorded_as_in_or_out_and_never_as_unknown() => Steps.List[1, 60].Sample(steps =>
    {
        var building = Given.Building();
        var now = Given.Morning;
        foreach (var step in steps)
        {
            now += Duration.FromMinutes(step.Minutes);
            var passage = Take(building, step, now, operation: 1);
            if (step.Mode is null) passage.Direction.ShouldBeOneOf(Direction.In, Direction.Out);
            else passage.Direction.ShouldBeNull();
            (passage.Outcome == PassageOutcome.Refused).ShouldBe(passage.Refusal != TapRefusal.None);
            (passage.Outcome == PassageOutcome.AdmittedFlagged).ShouldBe(passage.Flag != PassageFlag.None);
        }
    });

    private static Passage Take(BuildingState building, Step step, Instant now, int operation)
    {
        Instant? at = step.Lateness is { } minutes ? now - Duration.FromMinutes(minutes) : null;
        if (step.Mode is { } mode) return building.Pass(Given.ModeChange(mode, at), now);
        var rights = step.IsHome ? null : new AccessRights(new BuildingId(9));
        return building.Pass(Given.Tap(step.Direction, at, operation: operation), Given.Card(step.State, rights: rights, serial: step.Person), now);
    }

    /// <summary>The last admitted passage of each person by the time of the event decides, unless it is older than yesterday.</summary>
    private static List<KeyValuePair<AccountNumber, Instant>> Inside(List<Passage> passages)
    {
        var today = passages.Max(passage => DayNumber(passage.EventAt));
        return
        [
            .. passages
                .Where(passage => passage.Account is not null && passage.Outcome != PassageOutcome.Refused)
                .GroupBy(passage => passage.Account!.Value)
                .Select(mine => mine.OrderBy(passage => passage.EventAt).ThenBy(passage => passage.Operation.ToString(), StringComparer.Ordinal).Last())
                .Where(last => last.Direction == Direction.In && DayNumber(last.EventAt) >= today - 1)
                .Select(last => KeyValuePair.Create(last.Account!.Value, last.EventAt))
                .OrderBy(person => person.Key.Value),
        ];
    }

    // Plain arithmetic: Moscow has kept three hours ahead of UTC since 2014.
    private static long DayNumber(Instant at) => (at.ToUnixTimeSeconds() + MoscowHours * 3600) / 86_400;

    private sealed record Step(int Minutes, int? Lateness, int Person, Direction Direction, CardState State, BuildingMode? Mode, bool IsHome);
}
