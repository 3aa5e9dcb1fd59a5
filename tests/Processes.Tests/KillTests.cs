using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The silo is killed (SIGKILL) under load, again and again.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "kill")]
public sealed class KillTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 6;
    private const int Clients = 24;
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task What_was_answered_before_a_kill_is_in_the_journal_and_what_was_not_succeeds_when_repeated(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var random = new Random(scene.Seed);
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(store);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            var lines = scene.Connect(silo, Connections);
            var notebook = scene.NewNotebook();
            var crowd = new Crowd(notebook, new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed)), lines, Clients, scene.Seed);

            for (var kill = 0; kill < Knobs.Kills; kill++)
            {
                var moment = notebook.AnsweredCount + random.Next(1, 1_500);
                await Eventually.Holds(() => notebook.AnsweredCount >= moment, $"answer {moment}, before kill {kill + 1}");
                await silo.Kill();
                silo = await scene.Start(settings);
            }

            var last = notebook.AnsweredCount + 300;
            await Eventually.Holds(() => notebook.AnsweredCount >= last, "answers after the last kill");
            await crowd.Stop();
            var repeated = await notebook.RepeatUnanswered(scene.Connect(silo, Connections));
            scene.Say($"{store}: {Knobs.Kills} kills, {repeated} operations repeated at the end; {notebook.Summary()}");

            notebook.All.Where(recorded => !recorded.IsAnswered).ShouldBeEmpty("a repeat is answered at once when the silo is there");
            await JournalCheck.Holds(settings, notebook);
            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }
}
