using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>A building's commands have the shape of an account's.</summary>
[Collection(nameof(OneSilo))]
public sealed class BuildingCommandTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_is_one_passage()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => building.Tap(1, Direction.Toggle, operation).AsTask()));

        await _cluster.Deactivate(building.Grain);
        var later = await building.Tap(1, Direction.Toggle, operation);

        answers.Append(later).Distinct().ShouldHaveSingleItem().Direction.ShouldBe(Direction.In);
        (await building.View()).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_tap_is_a_passage_and_its_repeat_the_same_answer()
    {
        var building = await BuildingCase.Create(silo);
        var tap = Given.Tap(_cluster.NextId(), Given.Token(1), building.Id);
        var refused = await building.Grain.Pass(tap, building.Card(1) with { State = CardState.Blocked });
        await _cluster.Deactivate(building.Grain);

        var again = await building.Grain.Pass(tap, building.Card(1));

        refused.Refusal.ShouldBe(TapRefusal.CardBlocked);
        again.ShouldBe(refused);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_id_used_again_for_other_content_is_an_error()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        await building.Tap(1, Direction.In, operation);

        await Should.ThrowAsync<OperationReusedException>(async () => await building.Tap(1, Direction.Out, operation));
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Tap(2, Direction.In, operation));
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Grain.ChangeMode(Given.ModeChange(operation, BuildingMode.Lockdown)));

        (await building.View()).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_from_the_future_is_an_error()
    {
        var building = await BuildingCase.Create(silo);
        var ahead = OperationId.Create(_cluster.Clock.GetCurrentInstant() + OperationRules.FutureSkewMax + Duration.FromMilliseconds(1), new Random(1));

        await Should.ThrowAsync<OperationFromFutureException>(async () => await building.Tap(1, operation: ahead));
        await Should.ThrowAsync<OperationFromFutureException>(async () => await building.Grain.ChangeMode(Given.ModeChange(ahead, BuildingMode.Lockdown)));

        (await building.View()).Seq.ShouldBe(0);
    }

    [Fact]
    public async Task Presence_changes_only_after_the_commit()
    {
        var building = await BuildingCase.Create(silo);
        var bystander = await BuildingCase.Create(silo);
        await building.View();
        var barrier = _cluster.Script.HoldNext();

        var tap = building.Tap(1).AsTask();
        await barrier.Reached;
        var seen = building.View();
        // Whatever would answer the question by now, has had its turns.
        for (var turn = 0; turn < 20; turn++) await bystander.View();

        tap.IsCompleted.ShouldBeFalse();
        if (seen.IsCompleted) (await seen).Inside.ShouldBeEmpty();
        (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Passages.ShouldBeEmpty();

        barrier.Release();
        await tap;
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
    }

    [Fact]
    public async Task After_more_passages_than_are_remembered_a_repeat_is_looked_up()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();
        var first = await building.Tap(1, Direction.In, operation);
        var late = _cluster.NextId();
        for (var later = 0; later < BuildingGrain.RememberedMax; later += 128)
            await Task.WhenAll(Enumerable.Range(2, 128).Select(person => building.Tap(person).AsTask()));
        var lookUps = _cluster.Reads.LookUps;

        (await building.Tap(1, Direction.In, operation)).ShouldBe(first);
        await _cluster.Deactivate(building.Grain);
        (await building.Tap(1, Direction.In, operation)).ShouldBe(first);
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Tap(1, Direction.Out, operation));
        (await building.Tap(1, Direction.Out, late)).Seq.ShouldBe(BuildingGrain.RememberedMax + 2);
        _cluster.Reads.LookUps.ShouldBe(lookUps + 4);

        // The usual new tap needs none.
        await building.Tap(200);
        _cluster.Reads.LookUps.ShouldBe(lookUps + 4);
    }
}
