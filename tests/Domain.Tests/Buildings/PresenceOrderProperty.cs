using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Reports;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>Some days at gates that were cut off: what they did and what their sensors saw comes in any order, again and again, over awakenings of the building, and comes to the same.</summary>
[Trait("Rule", "O3")]
public sealed class PresenceOrderProperty
{
    private const int MinutesMax = 3 * 24 * 60;
    private static readonly Instant Now = Given.Morning + Duration.FromMinutes(MinutesMax);

    // Few minutes and few people, so that many come at the same time.
    private static readonly Gen<Happening> Happenings = Gen.Select(
        Gen.Int[1, 3], Gen.Int[0, 60].Select(n => n * MinutesMax / 60), Gen.Bool, Gen.Frequency((6, Gen.Const(PassageOutcome.Admitted)), (1, Gen.Const(PassageOutcome.Refused))), Gen.Int[0, 5],
        (person, minute, isIn, outcome, reports) => new Happening(person, minute, isIn ? Direction.In : Direction.Out, outcome, reports switch { 0 => 1, 1 => 2, _ => 0 }));

    private static readonly Gen<(Happening[] All, int Seed)> Days = Gen.Select(Happenings.Array[1, 25], Gen.Int);

    [Fact]
    public void In_any_order_and_repeated_the_presence_is_that_of_what_took_place() => Days.Sample((all, seed) =>
    {
        var told = Told(all);
        var expected = Expected(all);
        var random = new Random(seed);

        var inOrder = Play(told, random, awakenings: 0);
        string.Join(',', inOrder.Building.Presence.Inside).ShouldBe(string.Join(',', expected));
        inOrder.Building.Presence.Count.ShouldBe(expected.Count);
        for (var i = 0; i < 3; i++)
        {
            var shuffled = told.Concat(told).ToArray();
            random.Shuffle(shuffled);

            var other = Play(shuffled, random, awakenings: 4);

            other.Building.Presence.Snapshot().People.ShouldBe(inOrder.Building.Presence.Snapshot().People);
            foreach (var person in all.Select(one => one.Account).Distinct()) StaysOf(other.Passages, person).ShouldBe(StaysOf(inOrder.Passages, person));
        }
    }, iter: 2_000);

    // A fact, or a report about the fact of that number, each with an operation of its own.
    private static (int Operation, object What)[] Told(Happening[] all)
    {
        var told = all.Select((one, i) => (i + 1, (object)one.ToFact(i + 1))).ToList();
        for (var i = 0; i < all.Length; i++)
        {
            for (var report = 0; report < all[i].Reports; report++)
            {
                var operation = 1_000 + told.Count;
                told.Add((operation, Given.GateEvent(GateEventKind.NotPassed, operation, passage: new PassageName(0, Given.Operation(i + 1)))));
            }
        }

        return [.. told];
    }

    // As the grain does it: an operation that is known is not done again, and a building may wake up between any two.
    private static (BuildingState Building, List<Passage> Passages) Play(IEnumerable<(int Operation, object What)> told, Random random, int awakenings)
    {
        var (building, passages, known) = (Given.Building(), new List<Passage>(), new HashSet<int>());
        foreach (var (operation, what) in told)
        {
            if (!known.Add(operation)) continue;
            passages.Add(what is OfflinePassage fact ? building.Merge(fact, Now) : building.Report((GateEvent)what, passages, Now));
            if (random.Next(10) < awakenings) building = WokenUp(building, passages, random.Next(passages.Count));
        }

        return (building, passages);
    }

    private static BuildingState WokenUp(BuildingState building, List<Passage> passages, int checkpoint)
    {
        var before = Given.Building();
        foreach (var passage in passages[..checkpoint]) BuildingRules.Evolve(before, passage);
        var woken = BuildingState.From(building.Profile, before.Seq, before.Today, before.Presence.Snapshot());
        foreach (var passage in passages[checkpoint..]) BuildingRules.Evolve(woken, passage);
        return woken;
    }

    private static List<KeyValuePair<AccountNumber, Instant>> Expected(Happening[] all)
    {
        var horizon = DayNumber(all.Any(one => one.Reports > 0) ? Now : all.Max(one => one.At)) - 1;
        return
        [
            .. all.Select((one, i) => (One: one, Operation: i + 1))
                .Where(told => told.One.Outcome != PassageOutcome.Refused && told.One.Reports == 0)
                .GroupBy(told => told.One.Account)
                .Select(mine => mine.OrderBy(told => told.One.At).ThenBy(told => told.Operation).Last().One)
                .Where(last => last.Direction == Direction.In && DayNumber(last.At) >= horizon)
                .Select(last => KeyValuePair.Create(last.Account, last.At))
                .OrderBy(person => person.Key),
        ];
    }

    private static List<Interval> StaysOf(List<Passage> passages, AccountNumber account) =>
        [.. TimeInside.Stays(passages.Where(passage => passage.Account == account), DateTimeZoneProviders.Tzdb[Given.Zone], Now).OrderBy(stay => stay.Start).ThenBy(stay => stay.End)];

    // Plain arithmetic: Moscow has kept three hours ahead of UTC since 2014.
    private static long DayNumber(Instant at) => (at.ToUnixTimeSeconds() + 3 * 3600) / 86_400;

    private sealed record Happening(int Person, int Minute, Direction Direction, PassageOutcome Outcome, int Reports)
    {
        public AccountNumber Account => AccountNumber.FromSerial(Person);

        public Instant At => Given.Morning + Duration.FromMinutes(Minute);

        public OfflinePassage ToFact(int operation) => Given.OfflinePassage(Direction, At, operation, Person) with
        {
            Outcome = Outcome,
            Refusal = Outcome == PassageOutcome.Refused ? TapRefusal.NotAtThisTime : TapRefusal.None,
        };
    }
}
