using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

[Collection(nameof(OneSilo))]
public sealed class PresenceTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "P3")]
    public async Task A_second_entry_without_an_exit_is_admitted_and_flagged()
    {
        var building = await BuildingCase.Create(silo);

        (await building.Tap(1)).ShouldSatisfyAllConditions(
            answer => answer.Outcome.ShouldBe(PassageOutcome.Admitted),
            answer => answer.Account.ShouldBe(Given.Number(1)),
            answer => answer.Seq.ShouldBe(1));
        (await building.Tap(1)).ShouldSatisfyAllConditions(
            answer => answer.Outcome.ShouldBe(PassageOutcome.AdmittedFlagged),
            answer => answer.Flag.ShouldBe(PassageFlag.AlreadyInside));
        (await building.Tap(1, Direction.Out)).Outcome.ShouldBe(PassageOutcome.Admitted);
        (await building.Tap(1, Direction.Out)).Flag.ShouldBe(PassageFlag.NotInside);
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBeEmpty(), view => view.Seq.ShouldBe(4));
    }

    [Fact]
    [Trait("Rule", "P2")]
    public async Task A_reader_that_does_not_know_lets_in_and_out_by_turns_also_after_a_deactivation()
    {
        var building = await BuildingCase.Create(silo);
        Direction?[] expected = [Direction.In, Direction.Out, Direction.In, Direction.Out];

        foreach (var direction in expected)
        {
            (await building.Tap(1, Direction.Toggle)).Direction.ShouldBe(direction);
            await _cluster.Deactivate(building.Grain);
        }
    }

    [Fact]
    public async Task Presence_is_the_same_after_a_deactivation()
    {
        var building = await BuildingCase.Create(silo);
        for (var person = 1; person <= 20; person++) await building.Tap(person);
        for (var person = 1; person <= 5; person++) await building.Tap(person, Direction.Out);
        var before = await building.View();

        await _cluster.Deactivate(building.Grain);

        var after = await building.View();
        after.Inside.ShouldBe(BuildingCase.People(Enumerable.Range(6, 15)));
        after.Inside.ShouldBe(before.Inside);
        after.Seq.ShouldBe(25);
    }

    [Fact]
    public async Task Presence_is_the_same_after_deactivations_around_a_checkpoint()
    {
        var building = await BuildingCase.Create(silo);
        var inside = new HashSet<int>();
        for (var seq = 1; seq <= BuildingGrain.CheckpointInterval + 40; seq++)
        {
            // People of 40 come and go by turns.
            var person = 1 + seq * 7 % 40;
            var direction = inside.Contains(person) ? Direction.Out : Direction.In;
            (await building.Tap(person, direction)).ShouldSatisfyAllConditions(
                answer => answer.Seq.ShouldBe(seq),
                answer => answer.Outcome.ShouldBe(PassageOutcome.Admitted));
            if (!inside.Remove(person)) inside.Add(person);
            if (Math.Abs(seq - BuildingGrain.CheckpointInterval) > 2 && seq % 90 != 0) continue;

            await _cluster.Deactivate(building.Grain);
            (await building.View()).ShouldSatisfyAllConditions(
                view => view.Inside.ShouldBe(BuildingCase.People(inside)),
                view => view.Seq.ShouldBe(seq));
        }

        (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Checkpoint.ShouldNotBeNull().Seq.ShouldBe(BuildingGrain.CheckpointInterval - 1);
    }

    [Fact]
    public async Task Who_was_never_seen_leaving_is_forgotten_on_the_third_day()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);
        _cluster.Clock.Advance(Duration.FromDays(1));
        await building.Tap(2);
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1, 2));

        _cluster.Clock.Advance(Duration.FromDays(1));
        await building.Tap(3);
        await _cluster.Deactivate(building.Grain);

        (await building.View()).Inside.ShouldBe(BuildingCase.People(2, 3));
    }
}
