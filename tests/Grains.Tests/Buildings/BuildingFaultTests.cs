using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>The journal fails; the building never says that something is recorded which is not.</summary>
[Collection(nameof(OneSilo))]
public sealed class BuildingFaultTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task After_an_append_that_failed_the_truth_is_read_again()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);
        var operation = _cluster.NextId();
        var loads = _cluster.Reads.Loads;
        _cluster.Script.FailNext();

        (await building.Tap(2, operation: operation)).ShouldSatisfyAllConditions(answer => answer.IsUnrecorded.ShouldBeTrue(), answer => answer.Seq.ShouldBe(0));

        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
        _cluster.Reads.Loads.ShouldBe(loads + 1);
        (await building.Tap(2, operation: operation)).Seq.ShouldBe(2);
    }

    [Fact]
    public async Task After_an_answer_that_was_lost_the_repeat_gets_the_committed_one()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        _cluster.Script.LoseNextAnswer();
        (await building.Tap(1, Direction.Toggle, operation)).IsUnrecorded.ShouldBeTrue("it cannot know");

        // Decided anew, it would be the way out.
        (await building.Tap(1, Direction.Toggle, operation)).ShouldSatisfyAllConditions(
            answer => answer.Direction.ShouldBe(Direction.In),
            answer => answer.Seq.ShouldBe(1));
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(1));
    }

    [Fact]
    public async Task A_fenced_activation_says_so_and_is_gone()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        _cluster.Script.FenceNext();

        await Should.ThrowAsync<StaleActivationException>(async () => await building.Tap(1, operation: operation));

        await _cluster.Gone(building.Grain);
        (await building.View()).Inside.ShouldBeEmpty();
        (await building.Tap(1, operation: operation)).Seq.ShouldBe(1);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_overloaded_journal_has_written_nothing_so_the_activation_stays()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);
        var operation = _cluster.NextId();
        var loads = _cluster.Reads.Loads;
        _cluster.Script.OverloadNext();

        await Should.ThrowAsync<JournalOverloadedException>(async () => await building.Tap(2, operation: operation));

        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
        (await building.Tap(2, operation: operation)).Seq.ShouldBe(2);
        _cluster.Reads.Loads.ShouldBe(loads);
    }
}
