using Xunit.Abstractions;
using Zvonok.Simulation.Receivers;

namespace Zvonok.Processes.Tests;

/// <summary>No fact untold: silos and the receiver die at random under load, and everybody is told exactly what they subscribed to, at least once (A6).</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "untold")]
[Trait("Rule", "A6")]
public sealed class UntoldTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 4;
    private const int Clients = 12;
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Every_subscribed_fact_is_delivered_whoever_dies_meanwhile(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await using var app = await FamilyApp.Start();
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(store) with { Environment = Settings(app) };
            var silos = await Start(scene, settings);
            await Scene.Register(silos[0], city);
            await app.Subscribe(silos[0].Address, city);
            var notebook = scene.NewNotebook();
            var lines = silos.SelectMany(silo => scene.Connect(silo, Connections)).ToList();
            var crowd = new Crowd(notebook, new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed)), lines, Clients, scene.Seed);

            await Harass(scene, silos, app.BackEnd, notebook);
            await crowd.Stop();
            await notebook.RepeatUnanswered(lines);

            var due = app.Due(city, await JournalRows.Read(settings));
            await Eventually.Holds(() => app.Arrived().Count >= due.Count, $"{due.Count} notices");
            scene.Say($"{store}: {due.Count} notices due, {app.BackEnd.Count} arrived; {notebook.Summary()}");
            due.Except(app.Arrived()).ShouldBeEmpty("a fact is untold");
            app.Arrived().Except(due).ShouldBeEmpty("somebody was told what nobody subscribed to, or what never happened");
            app.BackEnd.Forged.ShouldBe(0);
            foreach (var silo in silos) (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    private static Dictionary<string, string> Settings(FamilyApp app) => new(app.BackEnd.SiloSettings)
    {
        ["Zvonok__Notices__RetryFirstMilliseconds"] = "100",
        ["Zvonok__Notices__RetryLongestSeconds"] = "1",
        ["Zvonok__Notices__TriesMax"] = "100",
        ["Zvonok__Notices__Receivers__BreakMilliseconds"] = "500",
    };

    // On PostgreSQL two of them share the work, or fight over it.
    private static async Task<SiloProcess[]> Start(Scene scene, SiloSettings settings)
    {
        var first = await scene.Start(settings);
        if (settings.ConnectionString is null) return [first];
        return [first, await scene.Start(settings.Another())];
    }

    // Each round a silo is killed or the receiver is, at a moment that the seed has drawn.
    private static async Task Harass(Scene scene, SiloProcess[] silos, WebhookReceiver receiver, Notebook notebook)
    {
        var random = new Random(scene.Seed);
        for (var round = 0; round < Knobs.Kills; round++)
        {
            await Answers(random.Next(1, 500));
            if (round % 2 == 0)
            {
                var victim = random.Next(silos.Length);
                await silos[victim].Kill();
                silos[victim] = await scene.Start(silos[victim].Settings);
            }
            else
            {
                await receiver.Stop();
                await Answers(random.Next(100, 500));
                await receiver.Start();
            }
        }

        await Answers(200);

        async Task Answers(int count)
        {
            var moment = notebook.AnsweredCount + count;
            await Eventually.Holds(() => notebook.AnsweredCount >= moment, $"answer {moment}");
        }
    }
}
