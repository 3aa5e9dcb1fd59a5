using Grpc.Core;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The silo is asked to stop (SIGTERM) under load.</summary>
[Collection(WithPostgres.Name)]
public sealed class GracefulStopTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 6;
    private const int Clients = 24;
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_silo_that_is_asked_to_stop_answers_what_it_has_taken_and_ends_with_status_0(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(store);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            var lines = scene.Connect(silo, Connections);
            var notebook = scene.NewNotebook();
            var crowd = new Crowd(notebook, new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed)), lines, Clients, scene.Seed);
            await Eventually.Holds(() => notebook.AnsweredCount >= 1_000, "a thousand answers before the stop");

            var began = notebook.Now;
            // A stop that has to cut its work off after the drain time does not end with 0.
            (await silo.Stop()).ShouldBe(0);
            scene.Say($"{store}: stopped after {(notebook.Now - began).TotalMilliseconds:0} ms; {notebook.Summary()}");
            await crowd.Stop();

            var said = notebook.Attempts.Select(attempt => attempt.Answer).OfType<NoAnswer>().Where(answer => !answer.IsBroken).Distinct();
            said.Where(answer => answer.Status != StatusCode.Unavailable).ShouldBeEmpty();
            await JournalCheck.Holds(settings, notebook);
            await Scene.AuditIsClean(settings);
        });
    }
}
