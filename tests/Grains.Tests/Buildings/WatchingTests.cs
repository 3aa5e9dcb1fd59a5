using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>Modes on their way to devices (S1), on two silos: whoever dies or moves, the next change is heard.</summary>
[Trait("Rule", "S1")]
public sealed class WatchingTests() : WithCluster(silos: 2)
{
    private static readonly BuildingId School = new(1501);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Register(Given.BuildingRow(School), Given.BuildingRow(new BuildingId(1502)));
    }

    [Fact]
    public async Task Every_stream_of_the_building_on_every_silo_has_heard_when_the_change_is_answered_and_no_other_one()
    {
        var streams = new List<PlayedStream>();
        for (var gate = 1; gate <= 40; gate++) streams.Add(await Join(gate % 2, School, 600 + gate));
        var neighbour = await Join(0, new BuildingId(1502), 699);

        await Change(BuildingMode.Evacuation);
        streams.ShouldAllBe(stream => stream.Told.SequenceEqual(new[] { BuildingMode.Evacuation }));
        await Change(BuildingMode.Normal);

        streams.ShouldAllBe(stream => stream.Told.SequenceEqual(new[] { BuildingMode.Evacuation, BuildingMode.Normal }));
        neighbour.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_joins_hears_the_mode_that_is_there()
    {
        await Change(BuildingMode.Lockdown);

        (await Cluster.Part<BuildingHub>(0).Join(new PlayedStream(School, Given.Gate))).ShouldNotBeNull().Mode.ShouldBe(BuildingMode.Lockdown);
        (await Cluster.Part<BuildingHub>(1).Join(new PlayedStream(School, new DeviceId(602)))).ShouldNotBeNull().Mode.ShouldBe(BuildingMode.Lockdown);
    }

    [Fact]
    public async Task Watchers_are_known_to_the_building_wherever_it_moves()
    {
        var (here, there) = (await Join(0, School, 601), await Join(1, School, 602));
        await Cluster.Deactivate(Cluster.Building(School));

        // Changed by whichever activation is next, before anybody has renewed: they hear it with their renewal at the latest.
        await Change(BuildingMode.Evacuation);

        await Tasks.Until(() => here.Told.Contains(BuildingMode.Evacuation) && there.Told.Contains(BuildingMode.Evacuation));
        await Change(BuildingMode.Normal);
        await Tasks.Until(() => here.Told.LastOrDefault() == BuildingMode.Normal && there.Told.LastOrDefault() == BuildingMode.Normal);
    }

    [Fact]
    public async Task A_mode_that_was_set_when_its_silo_died_is_heard_on_the_others()
    {
        // The building lives where it is asked for first.
        (await Cluster.Part<IGrainFactory>(1).GetGrain<IBuildingGrain>(School.Value).Get()).ShouldNotBeNull();
        var gate = await Join(0, School, 601);
        await Change(BuildingMode.Evacuation);

        await Cluster.Kill(1);

        await Tasks.UntilAnswered(async () => await Cluster.Building(School).ChangeMode(Given.ModeChange(Cluster.NextId(), BuildingMode.Normal)));
        await Tasks.Until(() => gate.Told.LastOrDefault() == BuildingMode.Normal);
        gate.Told.ShouldBe([BuildingMode.Evacuation, BuildingMode.Normal]);
    }

    [Fact]
    public async Task One_that_does_not_read_is_ended_and_holds_up_nobody()
    {
        var slow = new PlayedStream(School, new DeviceId(602)) { Reads = false };
        var gate = await Join(0, School, 601);
        await Cluster.Part<BuildingHub>(0).Join(slow);

        await Change(BuildingMode.Evacuation);

        slow.Ends.ShouldBe([StreamEnd.Slow]);
        gate.Told.ShouldBe([BuildingMode.Evacuation]);
        gate.Ends.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task That_a_card_has_changed_is_heard_on_every_silo_and_of_many_changes_together()
    {
        var (here, there, neighbour) = (await Join(0, School, 601), await Join(1, School, 602), await Join(0, new BuildingId(1502), 603));

        for (var card = 0; card < 50; card++) await Cluster.Building(School).CardsChanged();

        await Tasks.Until(() => here.Changes > 0 && there.Changes > 0);
        here.Changes.ShouldBeLessThan(10);
        neighbour.Changes.ShouldBe(0);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_newer_hello_of_a_device_ends_its_older_stream()
    {
        var older = await Join(0, School, 601);
        var newer = await Join(0, School, 601);

        older.Ends.ShouldBe([StreamEnd.Replaced]);
        Cluster.Part<BuildingHub>(0).Leave(older);
        await Change(BuildingMode.Evacuation);

        newer.Ends.ShouldBeEmpty();
        newer.Told.ShouldBe([BuildingMode.Evacuation]);
    }

    private async Task<PlayedStream> Join(int silo, BuildingId building, int device)
    {
        var stream = new PlayedStream(building, new DeviceId(device));
        (await Cluster.Part<BuildingHub>(silo).Join(stream)).ShouldNotBeNull();
        // The first of a building is told of the mode in which it is; a device hears of it with its welcome.
        stream.Told.Clear();
        return stream;
    }

    private async Task Change(BuildingMode mode) => await Cluster.Building(School).ChangeMode(Given.ModeChange(Cluster.NextId(), mode));
}
