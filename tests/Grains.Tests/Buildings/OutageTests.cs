using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>The journal is away, and the building goes on from memory.</summary>
[Trait("Rule", "O5")]
public sealed class OutageTests() : WithCluster(silos: 1)
{
    [Fact]
    [Trait("Rule", "S2")]
    public async Task Whoever_comes_and_goes_is_let_through_by_turns_and_the_roll_is_called()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(1));
        await building.Tap(1);
        Cluster.Script.IsAway = true;

        var first = await building.Tap(2, Direction.Toggle);
        first.ShouldSatisfyAllConditions(answer => answer.IsUnrecorded.ShouldBeTrue(), answer => answer.Seq.ShouldBe(0), answer => answer.Outcome.ShouldBe(PassageOutcome.Admitted), answer => answer.Direction.ShouldBe(Direction.In));
        (await building.Tap(2)).Flag.ShouldBe(PassageFlag.AlreadyInside);
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1, 2));
        (await building.Tap(2, Direction.Toggle)).Direction.ShouldBe(Direction.Out);
        (await building.Admit(3)).IsUnrecorded.ShouldBeTrue();
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1, 3));
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task When_the_journal_is_back_what_is_recorded_counts_and_the_uploads_bring_the_rest_once()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(2));
        await building.Tap(1);
        Cluster.Script.IsAway = true;
        var (entry, exit) = (Cluster.NextId(), Cluster.NextId());
        var at = Cluster.Clock.GetCurrentInstant();
        await building.Tap(2, operation: entry);
        await building.Tap(1, Direction.Out, exit);
        Cluster.Script.IsAway = false;

        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1)), view => view.Seq.ShouldBe(1));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await building.Merge(1, Direction.Out, at, exit)).Seq.ShouldBe(2);
            (await building.Merge(2, Direction.In, at, entry)).Seq.ShouldBe(3);
            (await building.Tap(2, operation: entry)).ShouldSatisfyAllConditions(answer => answer.Seq.ShouldBe(3), answer => answer.IsUnrecorded.ShouldBeFalse());
        }

        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(2)), view => view.Seq.ShouldBe(3));
    }

    [Fact]
    public async Task A_repeat_hears_the_same_while_it_lasts_and_another_content_is_an_error()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(3));
        await building.Tap(1);
        Cluster.Script.IsAway = true;
        var operation = Cluster.NextId();

        var answer = await building.Tap(2, Direction.Toggle, operation);

        (await building.Tap(2, Direction.Toggle, operation)).ShouldBe(answer);
        await Should.ThrowAsync<OperationReusedException>(async () => await building.Tap(2, Direction.Out, operation));
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task That_nobody_walked_through_is_believed_as_far_as_memory_goes()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(4));
        var (before, entry) = (Cluster.NextId(), Cluster.NextId());
        var recorded = await building.Tap(1, operation: before);
        Cluster.Script.IsAway = true;
        await building.Tap(2, operation: entry);

        (await building.NotPassed(entry, 0)).IsUnrecorded.ShouldBeTrue();
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
        (await building.NotPassed(before, recorded.Seq)).Refusal.ShouldBe(TapRefusal.None);
        (await building.View()).Inside.ShouldBeEmpty();
        await Should.ThrowAsync<JournalUnavailableException>(async () => await building.NotPassed(Cluster.NextId(), 7));
        // One that cannot be decided holds up no other.
        Cluster.Script.IsAway = false;
        (await building.View()).Inside.ShouldBe(BuildingCase.People(1));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task An_evacuation_holds_at_once_and_is_recorded_when_the_journal_is_back_though_nobody_comes_again()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(5));
        await building.Tap(1);
        Cluster.Script.IsAway = true;
        var operation = Cluster.NextId();
        var at = Cluster.Clock.GetCurrentInstant();

        (await building.Grain.ChangeMode(Given.ModeChange(operation, BuildingMode.Evacuation))).IsUnrecorded.ShouldBeTrue();
        (await building.View()).Mode.ShouldBe(BuildingMode.Evacuation);
        (await building.Tap(2)).Flag.ShouldBe(PassageFlag.Evacuation);
        Cluster.Clock.Advance(Duration.FromMinutes(5));
        Cluster.Script.IsAway = false;

        using var patience = new CancellationTokenSource(TestCluster.Deadline);
        Passage? change;
        while ((change = (await Cluster.Journal.LoadBuilding(building.Id))!.Passages.SingleOrDefault(passage => passage.Kind == PassageKind.ModeChange)) is null) await Task.Delay(20, patience.Token);
        (change.Operation, change.ModeAfter, change.EventAt).ShouldBe((operation, BuildingMode.Evacuation, at));
        (await building.Grain.ChangeMode(Given.ModeChange(operation, BuildingMode.Evacuation))).ShouldSatisfyAllConditions(answer => answer.Seq.ShouldBe(change.Seq), answer => answer.IsUnrecorded.ShouldBeFalse());
        await Cluster.Deactivate(building.Grain);
        (await building.View()).Mode.ShouldBe(BuildingMode.Evacuation);
    }

    [Fact]
    public async Task A_building_that_nobody_has_in_memory_cannot_be_decided()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(6));
        Cluster.Script.IsAway = true;

        await Should.ThrowAsync<JournalUnavailableException>(async () => await building.Tap(1));

        Cluster.Script.IsAway = false;
        (await building.Tap(1)).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task What_gathered_when_the_journal_went_is_answered_from_memory_all_of_it()
    {
        var building = await BuildingCase.Create(Cluster, new BuildingId(7));
        await building.Tap(1);

        var answers = await Gathered.Behind(Cluster, building.Grain, async () => (await building.Tap(2)).Seq.ShouldBe(2), InOrder, Cluster.Script.FailNext);
        var all = await Task.WhenAll(answers);

        all.ShouldAllBe(answer => answer.IsUnrecorded);
        all.Select(answer => answer.Direction).ShouldBe([Direction.In, Direction.Out, Direction.In]);
        (await building.View()).ShouldSatisfyAllConditions(view => view.Inside.ShouldBe(BuildingCase.People(1, 2)), view => view.Seq.ShouldBe(2));

        IEnumerable<Task<BuildingAnswer>> InOrder()
        {
            for (var i = 0; i < 3; i++) yield return building.Tap(3, Direction.Toggle).AsTask();
        }
    }
}
