using Xunit.Abstractions;
using Zvonok.Gate.V1;

namespace Zvonok.Processes.Tests;

/// <summary>The silo dies on which a building lives that is being evacuated.</summary>
[Collection(WithPostgres.Name)]
public sealed class EvacuationTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    public async Task Gates_of_a_building_whose_silo_is_killed_as_soon_as_it_is_evacuated_are_open_elsewhere_and_its_roll_call_is_complete()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var silos = await scene.StartCluster(2);
            using var doomed = Connection.Open(silos[1].Address);
            using var survivor = Connection.Open(silos[0].Address);
            var school = new SchoolOnFire(scene.Seed);
            await school.Register(survivor);
            // The building lives where it is asked for first. Some of its gates are connected elsewhere.
            var lines = new List<GateLine>();
            foreach (var gate in SchoolOnFire.Gates) lines.Add(await GateLine.Greeted(gate % 4 == 0 ? survivor : doomed, gate));
            await school.ComeAndGo(lines);

            await lines[0].Say(new Heartbeat { FireInputDeviceIds = { lines[0].Gate } });
            await lines[0].Until(answer => answer.Heartbeat);
            await school.MarkFound(doomed, 0..5);
            // Nobody knows what becomes of the next one: its caller repeats it until it is told.
            var marking = school.MarkFound(survivor, 5..6);
            await silos[1].Kill();

            foreach (var line in lines) await (line.Channel == survivor ? line : await GateLine.Greeted(survivor, line.Gate)).UntilOpen();
            await marking;
            await school.RollIsComplete(survivor);

            await school.MarkFound(survivor, 6..9);
            await school.MarkFound(survivor, 1..3, isTakenBack: true);
            await silos[0].Kill();
            var next = await scene.Start(silos[0].Settings);
            using var again = Connection.Open(next.Address);
            foreach (var gate in SchoolOnFire.Gates) await (await GateLine.Greeted(again, gate)).UntilOpen();
            await school.RollIsComplete(again);
            scene.Say(school.Summary);
            (await next.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(next.Settings);
        });
    }
}
