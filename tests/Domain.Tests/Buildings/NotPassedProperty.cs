using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>
/// Weeks of a building whose gates report late, twice, and in any order that nobody walked through, against a list of passages from which those are struck out and which is read
/// again from its start each time.
/// </summary>
[Trait("Rule", "P5")]
public sealed class NotPassedProperty
{
    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Frequency((6, Gen.Int[0, 90]), (1, Gen.Int[400, 2_000])), Gen.Int[0, 700], Gen.Int[1, 3], Gen.Enum<Direction>(), Gen.Int[0, 9], Gen.Int[0, 40],
        (minutes, lateness, person, direction, what, back) => new Step(minutes, lateness, person, direction, what, back));

    [Fact]
    public void Presence_is_what_it_would_be_without_the_passages_that_did_not_take_place() => Steps.List[1, 70].Sample(steps =>
    {
        var building = Given.Building();
        var passages = new List<Passage>();
        var now = Given.Morning;
        foreach (var step in steps)
        {
            now += Duration.FromMinutes(step.Minutes);
            var passage = Take(building, passages, step, now);
            passages.Add(passage);

            building.Presence.Inside.ShouldBe(Inside(passages));
            if (passage.Kind == PassageKind.NotPassed) passage.Refusal.ShouldBe(Expected(passages, step));
        }
    }, iter: 3_000);

    private static Passage Take(BuildingState building, List<Passage> passages, Step step, Instant now)
    {
        var (operation, at) = (passages.Count + 1, now - Duration.FromMinutes(step.Lateness % 60));
        if (step.What <= 3 && Named(passages, step) is { } named)
            return building.Report(Given.GateEvent(GateEventKind.NotPassed, operation, passage: new PassageName(named.Seq, named.Operation)), passages, now);
        if (step.What == 4) return building.Report(Given.GateEvent(GateEventKind.Forced, operation), passages, now);
        if (step.What == 5) return building.Pass(Given.ManualAdmission(step.Direction, at, operation, step.Person), now);
        return building.Pass(Given.Tap(step.Direction, at, operation: operation), Given.Card(step.What == 6 ? CardState.Lost : CardState.Active, serial: step.Person), now);
    }

    private static Passage? Named(List<Passage> passages, Step step) => passages.Count == 0 ? null : passages[^Math.Min(passages.Count, step.Back + 1)];

    private static TapRefusal Expected(List<Passage> all, Step step)
    {
        List<Passage> before = all[..^1];
        var named = Named(before, step)!;
        if (named.Kind is not (PassageKind.Tap or PassageKind.ManualAdmission) || named.Outcome == PassageOutcome.Refused) return TapRefusal.NobodyAdmitted;
        return before.Any(passage => IsReport(passage) && passage.Annulment!.Seq == named.Seq) ? TapRefusal.AlreadyReported : TapRefusal.None;
    }

    /// <summary>From the start: the last of everybody by the time of the event that took place.</summary>
    private static List<KeyValuePair<AccountNumber, Instant>> Inside(List<Passage> passages)
    {
        var undone = passages.Where(IsReport).Select(passage => passage.Annulment!.Seq).ToHashSet();
        var today = passages.Max(passage => DayNumber(passage.EventAt));
        return
        [
            .. passages
                .Where(passage => passage is { Account: not null, Direction: not null } && passage.Outcome != PassageOutcome.Refused && !undone.Contains(passage.Seq))
                .GroupBy(passage => passage.Account!.Value)
                .Select(mine => mine.OrderBy(passage => passage.EventAt).ThenBy(passage => passage.Operation.ToString(), StringComparer.Ordinal).Last())
                .Where(last => last.Direction == Direction.In && DayNumber(last.EventAt) >= today - 1)
                .Select(last => KeyValuePair.Create(last.Account!.Value, last.EventAt))
                .OrderBy(person => person.Key.Value),
        ];
    }

    private static bool IsReport(Passage passage) => passage.Kind == PassageKind.NotPassed && passage.Outcome != PassageOutcome.Refused;

    // Plain arithmetic: Moscow has kept three hours ahead of UTC since 2014.
    private static long DayNumber(Instant at) => (at.ToUnixTimeSeconds() + 3 * 3600) / 86_400;

    private sealed record Step(int Minutes, int Lateness, int Person, Direction Direction, int What, int Back);
}
