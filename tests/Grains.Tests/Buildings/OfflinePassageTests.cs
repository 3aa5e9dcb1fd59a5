using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>Gates upload what they did without us.</summary>
[Collection(nameof(OneSilo))]
[Trait("Rule", "O3")]
public sealed class OfflinePassageTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    private static readonly Gen<(int Person, int Minute, bool IsIn, bool IsReported)[]> Mornings =
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 200], Gen.Bool, Gen.Int[0, 9].Select(n => n == 0), (person, minute, isIn, isReported) => (person, minute, isIn, isReported)).Array[330];

    [Fact]
    public async Task An_entry_that_comes_late_brings_nobody_back_who_has_left_since()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1, Direction.Out);

        (await building.Merge(1, Direction.In, _cluster.Clock.GetCurrentInstant() - Duration.FromHours(1))).Outcome.ShouldBe(PassageOutcome.Admitted);

        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBeEmpty(), view => view.Seq.ShouldBe(2));
        await _cluster.Deactivate(building.Grain);
        (await building.View()).Inside.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_tap_that_was_never_answered_and_its_upload_are_one_passage_whichever_comes_first()
    {
        var building = await BuildingCase.Create(silo);
        var (first, second) = (_cluster.NextId(), _cluster.NextId());
        var at = _cluster.Clock.GetCurrentInstant();

        await building.Tap(1, Direction.Toggle, first);
        await building.Merge(2, Direction.In, at, second);
        await _cluster.Deactivate(building.Grain);

        (await building.Merge(1, Direction.In, at, first)).Seq.ShouldBe(1);
        (await building.Tap(2, Direction.Toggle, second)).ShouldSatisfyAllConditions(answer => answer.Seq.ShouldBe(2), answer => answer.Direction.ShouldBe(Direction.In));
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Merge(2, Direction.In, at, first));
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Tap(1, Direction.In, second));
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1, 2)), view => view.Seq.ShouldBe(2));
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task A_report_knows_the_passage_that_gathered_before_it_by_its_operation_alone()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        var at = _cluster.Clock.GetCurrentInstant();
        await building.Tap(1);

        var answers = await Gathered.Behind(_cluster, building.Grain, async () => (await building.Tap(2)).Seq.ShouldBe(2), InOrder);

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Refusal == TapRefusal.None);
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1, 2)), view => view.Seq.ShouldBe(4));

        IEnumerable<Task<BuildingAnswer>> InOrder()
        {
            yield return building.Merge(1, Direction.Out, at + Duration.FromSeconds(1), operation).AsTask();
            yield return building.NotPassed(operation, 0).AsTask();
        }
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task In_any_order_split_and_repeated_over_awakenings_and_checkpoints_the_presence_is_the_same() => await Gen.Select(Mornings, Gen.Int).SampleAsync(async (morning, seed) =>
    {
        var (one, other) = (await BuildingCase.Create(silo), await BuildingCase.Create(silo));
        var begin = _cluster.Clock.GetCurrentInstant();
        var facts = morning.Select(fact => (Fact: fact, Passage: _cluster.NextId(), Report: _cluster.NextId())).ToArray();
        var expected = facts.Where(told => !told.Fact.IsReported).GroupBy(told => told.Fact.Person)
            .Select(mine => mine.OrderBy(told => told.Fact.Minute).ThenBy(told => told.Passage).Last().Fact).Where(last => last.IsIn).Select(last => last.Person);
        _cluster.Clock.Set(begin + Duration.FromHours(4));
        var random = new Random(seed);

        foreach (var building in (BuildingCase[])[one, other])
        {
            Func<Task>[] told =
            [
                .. facts.Select(fact => (Func<Task>)(() => building.Merge(fact.Fact.Person, fact.Fact.IsIn ? Direction.In : Direction.Out, begin + Duration.FromMinutes(fact.Fact.Minute), fact.Passage).AsTask())),
                .. facts.Where(fact => fact.Fact.IsReported).Select(fact => (Func<Task>)(() => building.NotPassed(fact.Passage, 0, fact.Report).AsTask())),
            ];
            var all = told.Concat(told[..50]).ToArray();
            random.Shuffle(all);
            foreach (var part in all.Chunk(60))
            {
                await Task.WhenAll(part.Select(tell => tell()));
                await _cluster.Deactivate(building.Grain);
            }

            (await building.View()).ShouldSatisfyAllConditions(view => view.Seq.ShouldBe(told.Length), view => view.Inside.ShouldBe(BuildingCase.People(expected)));
        }
    }, iter: 6, threads: 1);
}
