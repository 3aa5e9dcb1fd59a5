using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>Taps that come while a passage is on its way to the journal: decided one after the other, written together, answered when they are durable.</summary>
[Collection(nameof(OneSilo))]
public sealed class GatheringTests(OneSilo silo)
{
    private const int People = 20;
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task What_comes_meanwhile_goes_together()
    {
        var building = await BuildingCase.Create(silo);
        var before = _cluster.Script.Appends;

        var answers = await Gather(building, () => Enumerable.Range(2, People).Select(person => building.Tap(person).AsTask()));

        (await Task.WhenAll(answers)).Select(answer => answer.Seq).Order().ShouldBe(Enumerable.Range(2, People).Select(seq => (long)seq));
        // One by one it would be an append for each.
        (_cluster.Script.Appends - before).ShouldBeLessThan(People / 2);
        await IsAsRead(building, People + 1);
    }

    [Fact]
    [Trait("Rule", "P2")]
    public async Task Each_is_decided_on_what_those_before_it_have_changed()
    {
        var building = await BuildingCase.Create(silo);

        var answers = await Gather(building, () => Enumerable.Range(0, 7).Select(_ => building.Tap(2, Direction.Toggle).AsTask()));

        (await Task.WhenAll(answers)).OrderBy(answer => answer.Seq).Select(answer => answer.Direction).ShouldBe(
            [Direction.In, Direction.Out, Direction.In, Direction.Out, Direction.In, Direction.Out, Direction.In]);
        await IsAsRead(building, 8);
    }

    [Fact]
    public async Task A_change_of_mode_holds_for_those_behind_it()
    {
        var building = await BuildingCase.Create(silo);

        Task<BuildingAnswer> change = null!;
        var answers = await Gather(building, () =>
        {
            List<Task<BuildingAnswer>> before = [.. Enumerable.Range(2, 8).Select(person => building.Tap(person).AsTask())];
            change = building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Lockdown)).AsTask();
            return [.. before, .. Enumerable.Range(10, 8).Select(person => building.Tap(person).AsTask())];
        });

        var shut = (await change).Seq;
        foreach (var answer in await Task.WhenAll(answers)) answer.Refusal.ShouldBe(answer.Seq < shut ? TapRefusal.None : TapRefusal.Lockdown);
        await IsAsRead(building, 18);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task The_same_operation_twice_is_one_passage_and_other_content_under_its_id_an_error()
    {
        var building = await BuildingCase.Create(silo);
        var operation = _cluster.NextId();

        var answers = await Gather(building, () => Enumerable.Range(0, 5).Select(_ => building.Tap(2, Direction.In, operation).AsTask()).Append(building.Tap(3, Direction.In, operation).AsTask()));

        await Tasks.AllEnded(answers);
        answers.Count(answer => answer.IsFaulted).ShouldBeOneOf(1, 5);
        answers.Where(answer => answer.IsFaulted).ShouldAllBe(answer => answer.Exception!.InnerException is OperationReusedException);
        answers.Where(answer => answer.IsCompletedSuccessfully).Select(answer => answer.Result).Distinct().ShouldHaveSingleItem().Seq.ShouldBe(2);
        await IsAsRead(building, 2);
    }

    public static TheoryData<string> Failures => Gathered.Failures;

    [Theory, MemberData(nameof(Failures))]
    public async Task When_the_journal_fails_none_is_told_that_it_is_recorded_and_their_repeats_are_each_one_passage(string how)
    {
        var building = await BuildingCase.Create(silo);
        var operations = Enumerable.Range(0, People).Select(_ => _cluster.NextId()).ToList();

        var answers = await Gather(building, () => operations.Select((operation, i) => building.Tap(i + 2, Direction.Toggle, operation).AsTask()), () => _cluster.Script.Play(how));
        await Tasks.AllEnded(answers);
        var repeats = await Task.WhenAll(operations.Select((operation, i) => building.Tap(i + 2, Direction.Toggle, operation).AsTask()));

        answers.Count(answer => answer.IsFaulted || answer.Result.IsUnrecorded).ShouldBeGreaterThan(1);
        // Decided anew, what is durable would be the way out.
        repeats.ShouldAllBe(answer => answer.Direction == Direction.In);
        repeats.Select(answer => answer.Seq).Order().ShouldBe(Enumerable.Range(2, People).Select(seq => (long)seq));
        await IsAsRead(building, People + 1);
    }

    [Fact]
    public async Task A_question_hears_of_nothing_that_is_not_durable()
    {
        var building = await BuildingCase.Create(silo);
        Task<BuildingView> view = null!;

        var answers = await Gather(
            building,
            () =>
            {
                List<Task<BuildingAnswer>> taps = [.. Enumerable.Range(2, 4).Select(person => building.Tap(person).AsTask())];
                view = building.View();
                return taps;
            },
            () => _cluster.Script.Play("fails"));
        await Tasks.AllEnded(answers);

        var durable = (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Passages;
        (await view).Inside.ShouldBeSubsetOf(durable.Select(passage => passage.Account!.Value));
    }

    /// <summary>Person 1 taps, and the calls gather behind it.</summary>
    private async Task<Task<BuildingAnswer>[]> Gather(BuildingCase building, Func<IEnumerable<Task<BuildingAnswer>>> calls, Action? next = null)
    {
        await building.View();
        return await Gathered.Behind(_cluster, building.Grain, async () => (await building.Tap(1)).Seq.ShouldBe(1), calls, next);
    }

    /// <summary>What the building thinks is what another activation reads.</summary>
    private async Task IsAsRead(BuildingCase building, long passages)
    {
        var thought = await building.View();
        await _cluster.Deactivate(building.Grain);
        var read = await building.View();
        thought.Seq.ShouldBe(passages);
        read.Seq.ShouldBe(passages);
        thought.Inside.Order().ShouldBe(read.Inside.Order());
        thought.Mode.ShouldBe(read.Mode);
    }
}
