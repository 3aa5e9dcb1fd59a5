using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

[Collection(nameof(OneSilo))]
public sealed class ModeTests(OneSilo silo)
{
    private readonly TestCluster _cluster = silo.Cluster;

    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S3")]
    public async Task A_mode_holds_for_the_next_tap_and_survives_a_deactivation()
    {
        var building = await BuildingCase.Create(silo);

        await ChangeMode(building, BuildingMode.Lockdown);
        await _cluster.Deactivate(building.Grain);
        (await building.Tap(1)).Refusal.ShouldBe(TapRefusal.Lockdown);

        await ChangeMode(building, BuildingMode.Evacuation);
        await _cluster.Deactivate(building.Grain);
        (await building.Tap(1)).Flag.ShouldBe(PassageFlag.Evacuation);
        (await building.View()).Mode.ShouldBe(BuildingMode.Evacuation);

        await ChangeMode(building, BuildingMode.Normal);
        (await building.Tap(2)).Outcome.ShouldBe(PassageOutcome.Admitted);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task Who_began_an_evacuation_is_known_after_a_checkpoint_and_a_deactivation()
    {
        var building = await BuildingCase.Create(silo);
        await ChangeMode(building, BuildingMode.Lockdown);
        var start = Given.ModeChange(_cluster.NextId(), BuildingMode.Evacuation) with { Vouching = new Vouching(Given.Number(77), "Smoke") };
        await building.Grain.ChangeMode(start);
        await building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Evacuation));
        await building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Lockdown) with { Vouching = new Vouching(Given.Number(77), "No") });
        for (var person = 1; person <= BuildingGrain.CheckpointInterval; person++) await building.Tap(person);
        var before = await building.View();

        await _cluster.Deactivate(building.Grain);

        var after = await building.View();
        (after.Mode, after.InMode).ShouldBe((BuildingMode.Evacuation, before.InMode));
        after.InMode.ShouldNotBeNull().ShouldSatisfyAllConditions(period => period.Seq.ShouldBe(2), period => period.By.ShouldBe(Given.Number(77)), period => period.Reason.ShouldBe("Smoke"));
    }

    [Fact]
    public async Task A_building_that_nobody_registered_is_an_error_and_not_kept()
    {
        _cluster.Clock.Set(Given.Morning);
        var id = new BuildingId(silo.Next());
        var building = _cluster.Building(id);

        (await building.Get()).ShouldBeNull();
        await Should.ThrowAsync<BuildingUnknownException>(async () => await building.Pass(Given.Tap(_cluster.NextId(), Given.Token(1), id), null));
        await Should.ThrowAsync<BuildingUnknownException>(async () => await building.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Lockdown)));
        await _cluster.Gone(building);

        await _cluster.Register(Given.BuildingRow(id));
        (await building.ChangeMode(Given.ModeChange(_cluster.NextId(), BuildingMode.Lockdown))).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_change_in_the_registry_a_reload_brings_it_and_keeps_who_is_inside()
    {
        var building = await BuildingCase.Create(silo);
        await building.Tap(1);

        await _cluster.Register(Given.BuildingRow(building.Id, "Asia/Yekaterinburg"));
        (await building.View()).Profile.ZoneId.ShouldBe(Given.Zone);
        await building.Grain.Reload();

        (await building.View()).ShouldSatisfyAllConditions(
            view => view.Profile.ZoneId.ShouldBe("Asia/Yekaterinburg"),
            view => view.Inside.ShouldBe(BuildingCase.People(1)),
            view => view.Seq.ShouldBe(1));
    }

    private async Task ChangeMode(BuildingCase building, BuildingMode mode) => await building.Grain.ChangeMode(Given.ModeChange(_cluster.NextId(), mode));
}
