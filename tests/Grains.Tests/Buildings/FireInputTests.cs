using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Tests.Clusters;

namespace Zvonok.Grains.Tests.Buildings;

/// <summary>A gate's fire input (S1).</summary>
[Trait("Rule", "S1")]
public sealed class FireInputTests() : WithCluster(silos: 2)
{
    private static readonly BuildingId School = new(1501);
    private static readonly DeviceId Other = new(602);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.Register(Given.BuildingRow(School));
    }

    [Fact]
    public async Task It_starts_the_evacuation_and_is_told_whose_it_is()
    {
        var stream = await Join(0, Given.Gate, Other);

        await Beat(0, stream, Other);

        stream.Told.ShouldBe([BuildingMode.Evacuation]);
        (await Passages()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            passage => passage.Kind.ShouldBe(PassageKind.ModeChange),
            passage => passage.ModeAfter.ShouldBe(BuildingMode.Evacuation),
            passage => passage.Device.ShouldBe(Other));
    }

    [Fact]
    public async Task Once_for_each_time_that_it_is_switched_on_also_when_the_evacuation_was_ended_meanwhile()
    {
        var stream = await Join(0, Given.Gate);
        for (var beat = 0; beat < 3; beat++) await Beat(0, stream, Given.Gate);
        await End();
        for (var beat = 0; beat < 3; beat++) await Beat(0, stream, Given.Gate);
        (await Mode()).ShouldBe(BuildingMode.Normal);

        await Beat(0, stream);
        (await Mode()).ShouldBe(BuildingMode.Normal);
        await Beat(0, stream, Given.Gate);

        (await Mode()).ShouldBe(BuildingMode.Evacuation);
        (await Passages()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_silo_that_the_gate_connects_to_next_knows_that_it_is_on_still()
    {
        var stream = await Join(0, Given.Gate);
        await Beat(0, stream, Given.Gate);
        await End();

        await Cluster.Kill(0);
        var next = await Tasks.UntilAnswered(() => Join(0, Given.Gate));
        await Beat(0, next, Given.Gate);

        (await Mode()).ShouldBe(BuildingMode.Normal);
        (await Passages()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_was_switched_off_between_two_connections_and_on_again_starts_an_evacuation()
    {
        var stream = await Join(0, Given.Gate);
        await Beat(0, stream, Given.Gate);
        await End();
        Cluster.Part<BuildingHub>(0).Leave(stream);

        var next = await Join(1, Given.Gate);
        await Beat(1, next);
        // The hub reads that it was on when it writes that the gate has come.
        await Cluster.Part<BuildingHub>(1).Save();
        await Tasks.Until(async () => (await Cluster.Part<IDeviceLinks>().FireOn(Given.Gate, Cluster.Clock.GetCurrentInstant())) == Cluster.Clock.GetCurrentInstant());
        await Cluster.Part<IDeviceLinks>().FireOff(Given.Gate);
        await Beat(1, next, Given.Gate);

        (await Mode()).ShouldBe(BuildingMode.Evacuation);
    }

    [Fact]
    [Trait("Rule", "O5")]
    public async Task An_evacuation_that_died_with_its_silo_before_the_journal_was_back_is_asked_for_again()
    {
        // The building lives where it is asked for first.
        await Join(1, Other);
        var stream = await Join(0, Given.Gate);
        Cluster.Script.IsAway = true;
        await Beat(0, stream, Given.Gate);
        (await Mode()).ShouldBe(BuildingMode.Evacuation);

        await Cluster.Kill(1);
        Cluster.Script.IsAway = false;
        await Tasks.Until(async () =>
        {
            await Beat(0, stream, Given.Gate);
            return await Mode() == BuildingMode.Evacuation;
        });

        (await Passages()).ShouldHaveSingleItem().Device.ShouldBe(Given.Gate);
    }

    private async Task<PlayedStream> Join(int silo, params DeviceId[] gates)
    {
        var stream = new PlayedStream(School, gates);
        (await Cluster.Part<BuildingHub>(silo).Join(stream)).ShouldNotBeNull();
        stream.Told.Clear();
        return stream;
    }

    private Task Beat(int silo, PlayedStream stream, params DeviceId[] on)
    {
        Cluster.Clock.Advance(Duration.FromSeconds(15));
        return Cluster.Part<BuildingHub>(silo).Hear(stream, on);
    }

    private async Task End() => await Cluster.Building(School).ChangeMode(Given.ModeChange(Cluster.NextId(), BuildingMode.Normal));

    private async Task<BuildingMode> Mode() => (await Tasks.UntilAnswered(async () => await Cluster.Building(School).Get())).ShouldNotBeNull().Mode;

    private async Task<IReadOnlyList<Passage>> Passages() => (await Cluster.Journal.LoadBuilding(School)).ShouldNotBeNull().Passages;
}
