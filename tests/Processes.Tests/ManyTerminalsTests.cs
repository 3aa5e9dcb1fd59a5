using System.Globalization;
using Xunit.Abstractions;
using Zvonok.Gate.V1;
using Zvonok.Simulation.Terminals;

namespace Zvonok.Processes.Tests;

/// <summary>A thousand terminals in this process, on a few connections.</summary>
[Collection(Verbs.Name)]
[Trait("Rule", "O6")]
public sealed class ManyTerminalsTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Terminals = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly CityPlan Plan = new() { Pupils = 1_800, Schools = 100, PupilsPerGate = 2 };

    [Fact]
    public async Task A_thousand_terminals_share_a_few_connections_and_go_on_from_their_files()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var silo = await scene.Start(await scene.NewSettings(Store.Sqlite));
            var city = City.Create(Plan);
            await Scene.Register(silo, city);
            var setup = new TerminalSetup
            {
                Addresses = [silo.Address], Directory = scene.NewDirectory("terminals"), Keys = TerminalKeys.InDataDirectory(silo.Settings.DataDirectory),
                TerminalsPerConnection = 100, AnswerWithin = TimeSpan.FromSeconds(2), ReconnectAtMostEvery = TimeSpan.FromSeconds(2),
            };
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await using (var terminals = await CityTerminals.Start(city, setup))
            {
                await terminals.Until(figures => figures.AreReady, Patience);
                terminals.Figures().Terminals.ShouldBeGreaterThanOrEqualTo(Terminals);
                scene.Say(string.Create(CultureInfo.InvariantCulture, $"{terminals.Figures()}, {(GC.GetTotalMemory(forceFullCollection: true) - before) / terminals.Figures().Terminals / 1_024} KB each"));
                await silo.Kill();
                (await Pass(city, terminals, Direction.In)).ShouldAllBe(decision => decision.IsAdmitted);
            }

            await using var again = await CityTerminals.Start(city, setup);
            again.Figures().Queued.ShouldBe(city.Schools.Count, "what the core has not heard is in the files");
            (await Pass(city, again, Direction.Out)).ShouldAllBe(decision => decision.IsAdmitted && decision.IsAlone && decision.Outcome == Outcome.Admitted);
        });
    }

    // The first pupil of each school, at the usual gate.
    private static async Task<List<Zvonok.Terminals.GateDecision>> Pass(City city, CityTerminals terminals, Direction direction)
    {
        var decisions = new List<Zvonok.Terminals.GateDecision>();
        foreach (var pupil in city.Schools.Select(school => city.PupilAt(school.FirstPupil))) decisions.Add(await terminals.Gate(pupil.Gate).Tap(pupil.CardUid.Memory, direction));
        return decisions;
    }
}
