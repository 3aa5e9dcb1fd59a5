using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>What gates report, and whom employees admit by hand.</summary>
[Collection(nameof(OneSilo))]
public sealed class GateEventTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "P5")]
    public async Task Who_did_not_walk_through_is_where_they_were_also_after_a_deactivation()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);
        var (entry, exit) = (_cluster.NextId(), _cluster.NextId());
        await building.Tap(2, operation: entry);
        await building.Tap(1, Direction.Out, exit);

        await building.NotPassed(entry, 2);
        await _cluster.Deactivate(building.Grain);
        (await building.View()).Inside.ShouldBeEmpty();
        await building.NotPassed(exit, 3);

        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
        await _cluster.Deactivate(building.Grain);
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(5));
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task A_repeated_report_is_one_and_another_one_of_the_same_passage_is_refused()
    {
        var building = await BuildingCase.Create(silo);
        var (entry, report) = (_cluster.NextId(), _cluster.NextId());
        await building.Tap(1, operation: entry);

        var first = await building.NotPassed(entry, 1, report);
        await building.Tap(1);
        await _cluster.Deactivate(building.Grain);
        (await building.NotPassed(entry, 1, report)).ShouldBe(first);
        (await building.NotPassed(entry, 1)).Refusal.ShouldBe(TapRefusal.AlreadyReported);
        await Should.ThrowAsync<OperationReusedException>(async () => await building.NotPassed(entry, 2, report));

        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(4));
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task A_report_knows_of_what_gathered_before_it_and_is_not_in_the_journal_yet()
    {
        var building = await BuildingCase.Create(silo);
        var (entry, exit) = (_cluster.NextId(), _cluster.NextId());
        await building.Tap(1, operation: entry);
        await building.Tap(1, Direction.Out, exit);

        Task<BuildingAnswer>[] answers = await Gathered.Behind(
            _cluster, building.Grain, async () => (await building.Tap(2)).Seq.ShouldBe(3),
            InOrder);

        (await Task.WhenAll(answers)).Select(answer => answer.Refusal).ShouldBe([TapRefusal.None, TapRefusal.None, TapRefusal.AlreadyReported, TapRefusal.None, TapRefusal.None]);
        (await building.View()).Inside.ShouldBe(BuildingCase.People(2));
        await _cluster.Deactivate(building.Grain);
        (await building.View()).Inside.ShouldBe(BuildingCase.People(2));

        IEnumerable<Task<BuildingAnswer>> InOrder()
        {
            yield return building.Tap(1).AsTask();
            yield return building.NotPassed(exit, 2).AsTask();
            yield return building.NotPassed(exit, 2).AsTask();
            yield return building.NotPassed(entry, 1).AsTask();
            yield return building.Tap(1, Direction.Out).AsTask();
        }
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task A_report_from_before_the_checkpoint_puts_back_what_was_before_it()
    {
        var building = await BuildingCase.Create(silo);
        var exit = _cluster.NextId();
        await building.Tap(1);
        await building.Tap(1, Direction.Out, exit);
        foreach (var people in Enumerable.Range(2, BuildingGrain.CheckpointInterval).Chunk(128)) await Task.WhenAll(people.Select(person => building.Tap(person).AsTask()));
        await _cluster.Deactivate(building.Grain);

        await building.NotPassed(exit, 2);

        (await building.View()).Inside.ShouldContain(Given.Number(1));
        await _cluster.Deactivate(building.Grain);
        (await building.View()).Inside.ShouldBe(BuildingCase.People(Enumerable.Range(1, BuildingGrain.CheckpointInterval + 1)));
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task What_a_gates_sensors_saw_is_a_passage_of_nobody()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);

        foreach (var kind in (GateEventKind[])[GateEventKind.Forced, GateEventKind.HeldOpen, GateEventKind.Tampered])
            (await building.Grain.Report(Given.GateEvent(_cluster.NextId(), kind))).ShouldSatisfyAllConditions(answer => answer.Account.ShouldBeNull(), answer => answer.Refusal.ShouldBe(TapRefusal.None));

        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(4));
        (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Passages.Select(passage => passage.Kind)
            .ShouldBe([PassageKind.Tap, PassageKind.Forced, PassageKind.HeldOpen, PassageKind.Tampered]);
    }

    [Fact]
    [Trait("Rule", "P6")]
    public async Task Who_is_admitted_by_hand_is_inside_also_after_a_deactivation_and_a_repeat_is_the_same_passage()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();

        var admitted = await building.Admit(1, operation: operation);
        await _cluster.Deactivate(building.Grain);

        (await building.Admit(1, operation: operation)).ShouldBe(admitted);
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(1));
        (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Passages.ShouldHaveSingleItem().Vouching.ShouldBe(new Vouching(Given.Number(77), "The card is at home"));
    }
}
