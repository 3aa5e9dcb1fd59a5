using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Registry;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>A device that is connected to no silo is an alarm (S4), and one that only went to another silo is none.</summary>
[Trait("Rule", "S4")]
public sealed class SilentDeviceTests() : WithCluster(silos: 2)
{
    private static readonly BuildingId School = new(1501);
    private static readonly DeviceId Other = new(602);

    private readonly Dictionary<int, SilentDeviceChore> _chores = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Register(
            Given.BuildingRow(School), new DeviceRow(1, new Device(Given.Gate, DeviceKind.Gate, School, ContraAccount.None)), new DeviceRow(2, new Device(Other, DeviceKind.Gate, School, ContraAccount.None)));
    }

    [Fact]
    public async Task A_device_that_left_is_told_of_once_when_its_time_is_over_and_once_when_it_is_back()
    {
        var stream = await Join(0, Given.Gate);
        await Join(0, Other);
        await Pass(Duration.FromSeconds(60));
        (await News()).ShouldBeEmpty();
        Cluster.Part<BuildingHub>(0).Leave(stream);
        var left = Cluster.Clock.GetCurrentInstant();

        await Pass(Duration.FromSeconds(55));
        (await News()).ShouldBeEmpty();
        await Pass(Duration.FromSeconds(30));
        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate)]);
        (await Passages())[^1].EventAt.ShouldBe(left);
        await Pass(Duration.FromSeconds(120));
        (await News()).Count.ShouldBe(1);

        await Join(1, Given.Gate);
        await Pass(Duration.FromSeconds(20));
        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate), (PassageKind.DeviceBack, Given.Gate)]);
    }

    [Fact]
    public async Task A_device_whose_silo_died_is_silent_unless_it_connects_to_another_one()
    {
        // Where what is left will be, is where the building is looked for.
        await Join(0, Given.Gate);
        await Join(0, Other);
        await Pass(Duration.FromSeconds(60), 1);

        await Cluster.Kill(0);
        await Tasks.UntilAnswered(() => Join(0, Other));
        await Pass(Duration.FromSeconds(100));

        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate)]);
    }

    [Fact]
    public async Task Going_from_silo_to_silo_is_no_silence()
    {
        var stream = await Join(0, Given.Gate);
        for (var way = 1; way <= 6; way++)
        {
            var next = await Join(way % 2, Given.Gate);
            await Pass(Duration.FromSeconds(20));
            // It comes late: the device is elsewhere already.
            Cluster.Part<BuildingHub>((way + 1) % 2).Leave(stream);
            stream = next;
        }

        await Pass(Duration.FromSeconds(60));
        (await News()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_is_silent_because_the_clock_or_all_silos_were_away()
    {
        await Join(0, Given.Gate);
        await Pass(Duration.FromSeconds(60));

        Cluster.Clock.Advance(Duration.FromHours(3));
        await Look();

        (await News()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_that_look_at_the_same_time_tell_it_once()
    {
        var stream = await Join(0, Given.Gate);
        await Pass(Duration.FromSeconds(60));
        Cluster.Part<BuildingHub>(0).Leave(stream);
        for (var second = 0; second < 65; second += 5)
        {
            await Save(Duration.FromSeconds(5));
            await Task.WhenAll(Look(0), Look(1));
        }

        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate)]);
    }

    [Fact]
    [Trait("Rule", "O5")]
    public async Task What_a_building_could_not_record_while_the_journal_was_away_is_told_again_and_recorded_once()
    {
        var stream = await Join(0, Given.Gate);
        await Join(0, Other);
        await Pass(Duration.FromSeconds(60));
        Cluster.Part<BuildingHub>(0).Leave(stream);
        var left = Cluster.Clock.GetCurrentInstant();
        // Who is connected is still known where the journal is not reached.
        Cluster.Script.IsAway = true;
        await Pass(Duration.FromSeconds(90));
        Cluster.Script.IsAway = false;

        await Pass(Duration.FromSeconds(10));
        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate)]);
        (await Passages())[^1].EventAt.ShouldBe(left);
        await Join(1, Given.Gate);
        Cluster.Script.IsAway = true;
        await Pass(Duration.FromSeconds(30));
        Cluster.Script.IsAway = false;
        await Pass(Duration.FromSeconds(120));
        (await News()).ShouldBe([(PassageKind.DeviceSilent, Given.Gate), (PassageKind.DeviceBack, Given.Gate)]);
    }

    // Time passes as it does: silos write that they live, and somebody looks.
    private async Task Pass(Duration time, int? looker = null)
    {
        for (var left = time; left > Duration.Zero; left -= Duration.FromSeconds(5))
        {
            await Save(Duration.FromSeconds(5));
            await Look(looker ?? 0);
        }
    }

    private async Task Save(Duration later)
    {
        Cluster.Clock.Advance(later);
        for (var silo = 0; silo < Cluster.Silos.Count; silo++) await Cluster.Part<BuildingHub>(silo).Save();
    }

    private Task Look(int silo = 0)
    {
        if (!_chores.TryGetValue(silo, out var chore)) _chores[silo] = chore = ActivatorUtilities.CreateInstance<SilentDeviceChore>(Cluster.Silos[silo].ServiceProvider);
        return chore.Do(CancellationToken.None);
    }

    private async Task<PlayedStream> Join(int silo, DeviceId gate)
    {
        var stream = new PlayedStream(School, gate);
        await Cluster.Part<BuildingHub>(silo).Join(stream);
        return stream;
    }

    private async Task<List<(PassageKind, DeviceId)>> News() => [.. (await Passages()).Select(passage => (passage.Kind, passage.Device))];

    private async Task<IReadOnlyList<Passage>> Passages() => (await Cluster.Journal.LoadBuilding(School)).ShouldNotBeNull().Passages;
}
