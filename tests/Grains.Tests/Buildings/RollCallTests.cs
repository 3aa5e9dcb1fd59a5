using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

[Collection(nameof(OneSilo))]
[Trait("Rule", "S2")]
public sealed class RollCallTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    public async Task A_roll_call_is_the_same_after_a_checkpoint_and_a_deactivation_in_the_middle_of_an_evacuation()
    {
        var building = await BuildingCase.Create(silo);
        for (var person = 1; person <= 20; person++) await Enter(building, person);
        await building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Evacuation));
        for (var person = 1; person <= 10; person++) await Mark(building, person);
        await Mark(building, 10, isTakenBack: true);
        for (var seq = 0; seq <= BuildingGrain.CheckpointInterval; seq++) await building.Tap(30);
        var before = await Roll(building);
        before.Lines.Length.ShouldBe(21);
        before.Lines.Where(line => line.Found is not null).Select(line => line.Account).Order().ShouldBe(BuildingCase.People(Enumerable.Range(1, 9)));

        await _cluster.Deactivate(building.Grain);

        (await Roll(building)).Lines.ShouldBe(before.Lines);
        (await _cluster.Journal.LoadBuilding(building.Id)).ShouldNotBeNull().Checkpoint.ShouldNotBeNull().RollCall.ShouldContain(note => note.Group == "group-1");
    }

    [Fact]
    public async Task The_groups_of_those_who_came_without_a_card_are_looked_up()
    {
        var building = await BuildingCase.Create(silo);
        var account = await silo.NewAccount();
        await _cluster.Register(Given.AccountRow(account) with { Account = Given.AccountRow(account).Account with { Group = "7-B" } });
        await building.Grain.AdmitManually(Given.ManualAdmission(_cluster.NextId(), account));

        (await Roll(building)).Lines.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            line => (line.Account, line.Group, line.Gate, line.Found).ShouldBe((account, "7-B", Given.Gate, null)));
    }

    [Fact]
    public async Task While_groups_cannot_be_read_everybody_is_on_the_roll_call_with_what_is_known()
    {
        var building = await BuildingCase.Create(silo);
        await Enter(building, 1);
        await building.Admit(2);
        _cluster.Reads.GroupsFail = true;
        try
        {
            (await Roll(building)).Lines.Select(line => (line.Account, line.Group)).ShouldBe([(Given.Number(1), "group-1"), (Given.Number(2), null)]);
        }
        finally
        {
            _cluster.Reads.GroupsFail = false;
        }
    }

    [Fact]
    public async Task A_mark_is_an_operation_a_repeat_changes_nothing()
    {
        var building = await BuildingCase.Create(silo);
        await Enter(building, 1);
        await building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Evacuation));
        var operation = _cluster.NextId();

        var first = await Mark(building, 1, operation: operation);
        await _cluster.Deactivate(building.Grain);

        (await Mark(building, 1, operation: operation)).ShouldBe(first);
        (await building.View()).Seq.ShouldBe(first.Seq);
    }

    [Fact]
    public async Task A_building_that_nobody_registered_has_no_roll_call() => (await _cluster.Building(new BuildingId(silo.Next())).CallRoll()).ShouldBeNull();

    private async Task<BuildingAnswer> Enter(BuildingCase building, int n) => await building.Grain.Pass(
        Given.Tap(_cluster.NextId(), Given.Token(n), building.Id), building.Card(n) with { Holder = AccountKind.Pupil, Group = $"group-{n % 3}" });

    private async Task<BuildingAnswer> Mark(BuildingCase building, int n, bool isTakenBack = false, OperationId? operation = null) => await building.Grain.MarkFound(
        new FoundMarking { Operation = operation ?? _cluster.NextId(), Account = Given.Number(n), By = Given.Number(77), IsTakenBack = isTakenBack });

    private static async Task<RollCallView> Roll(BuildingCase building) => (await building.Grain.CallRoll()).ShouldNotBeNull();
}
