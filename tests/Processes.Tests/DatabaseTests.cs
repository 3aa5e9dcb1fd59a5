using Grpc.Core;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>PostgreSQL is broken off (<c>-m immediate</c>) under load, and comes back.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "database")]
public sealed class DatabaseTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Outages = 3;
    private const int Connections = 6;
    private const int Clients = 24;
    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = 3 };

    /// <summary>The bound that is promised to devices, measured by them: from sending to the answer.</summary>
    private static readonly TimeSpan UnavailableWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task While_the_database_is_away_callers_hear_UNAVAILABLE_within_two_seconds_and_afterwards_nothing_is_missing()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var random = new Random(scene.Seed);
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(Store.Postgres);
            var silo = await scene.Start(settings);
            await Scene.Register(silo, city);
            var lines = scene.Connect(silo, Connections);
            var notebook = scene.NewNotebook();
            var crowd = new Crowd(notebook, new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed)), lines, Clients, scene.Seed);

            for (var outage = 1; outage <= Outages; outage++)
            {
                var moment = notebook.AnsweredCount + random.Next(200, 1_500);
                await Eventually.Holds(() => notebook.AnsweredCount >= moment, $"answer {moment}, before outage {outage}");
                await postgres.Server.StopImmediately();
                // Whatever was under way has failed by then, and each client has been turned away several times.
                var turnedAway = notebook.UnansweredCount + 5 * Clients;
                await Eventually.Holds(() => notebook.UnansweredCount >= turnedAway, $"callers turned away in outage {outage}");
                silo.HasExited.ShouldBeFalse();
                await postgres.Server.StartAgain();
                var back = notebook.AnsweredCount + 200;
                await Eventually.Holds(() => notebook.AnsweredCount >= back, $"answers after outage {outage}, without a restart");
            }

            await crowd.Stop();
            await notebook.RepeatUnanswered(lines);
            silo.HasExited.ShouldBeFalse();

            var turned = notebook.Attempts.Where(attempt => attempt.Answer is NoAnswer).ToList();
            scene.Say($"{Outages} outages, the slowest caller turned away after {turned.Max(attempt => attempt.Took).TotalMilliseconds:0} ms; {notebook.Summary()}");
            turned.ShouldAllBe(attempt => ((NoAnswer)attempt.Answer).Status == StatusCode.Unavailable);
            notebook.Attempts.Where(attempt => attempt.Took > UnavailableWithin).ShouldBeEmpty("nobody waits longer than that, for whatever answer");
            notebook.All.Where(recorded => !recorded.IsAnswered).ShouldBeEmpty("a repeat is answered when the database is back");
            await JournalCheck.Holds(settings, notebook);
            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }
}
