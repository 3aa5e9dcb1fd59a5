using Grpc.Core;
using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>Silos of a cluster are asked to stop (SIGTERM) and started again, under load.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "replacement")]
public sealed class ReplacementTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Connections = 4;
    private const int Clients = 24;
    private const int OperationsPerSecondMost = 1_000;
    private const int WarmAnswers = 6_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly CityPlan Plan = new() { Pupils = 600, Schools = 12 };

    [Fact]
    public async Task One_after_the_other_is_replaced_and_no_operation_fails_for_a_client_that_repeats_for_5_seconds()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (city, silos) = await scene.StartCluster(Silos, Plan);
            var notebook = scene.NewNotebook();
            // In turn, so that a device that is not answered goes on to another silo.
            var bySilo = silos.Select(silo => scene.Connect(silo, Connections)).ToList();
            var lines = Enumerable.Range(0, Connections).SelectMany(i => bySilo.Select(own => own[i])).ToList();
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));
            // First at whatever pace they have: a city does not begin with its busiest second.
            var crowd = new Crowd(notebook, mix, lines, Clients, scene.Seed);
            await Eventually.Holds(() => notebook.AnsweredCount >= WarmAnswers / 2, "silos that are warm");
            var (half, warm) = (notebook.AnsweredCount, notebook.Now);
            await Eventually.Holds(() => notebook.AnsweredCount >= WarmAnswers, "silos that are as fast as they become");
            // A load that the machine bears while it starts a silo too: half of what it can.
            var perSecond = Math.Min(OperationsPerSecondMost, (int)((notebook.AnsweredCount - half) / (notebook.Now - warm).TotalSeconds / 2));
            await crowd.Stop();
            scene.Say($"{perSecond} operations a second");
            var steady = new Steady(notebook, mix, lines, perSecond, Patience, scene.Seed);
            var begun = notebook.AnsweredCount + 2 * perSecond;
            await Eventually.Holds(() => notebook.AnsweredCount >= begun, "two seconds of answers");

            foreach (var silo in silos)
            {
                var began = notebook.Now;
                (await silo.Stop()).ShouldBe(0);
                var stopped = notebook.Now;
                await scene.Start(silo.Settings);
                scene.Say($"Stopped in {(stopped - began).TotalSeconds:0.0} s, serving again after {(notebook.Now - stopped).TotalSeconds:0.0} s");
                var after = notebook.AnsweredCount + perSecond;
                await Eventually.Holds(() => notebook.AnsweredCount >= after, "a second of answers with the new one");
            }

            var failed = await steady.Stop();
            scene.Say(notebook.Summary());
            failed.Select(story => story.ToString()).ShouldBeEmpty();
            var said = notebook.Attempts.Select(attempt => attempt.Answer).OfType<NoAnswer>().Where(answer => !answer.IsBroken).Distinct();
            // Both tell a device to repeat; a faster machine never says the second one here.
            said.Where(answer => answer.Status is not (StatusCode.Unavailable or StatusCode.ResourceExhausted)).ShouldBeEmpty();
            await JournalCheck.Holds(silos[0].Settings, notebook);
            await Scene.AuditIsClean(silos[0].Settings);
        });
    }

    [Fact]
    public async Task A_silo_that_is_asked_to_stop_hands_over_and_no_operation_at_the_others_fails()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (city, silos) = await scene.StartCluster(Silos, Plan);
            var notebook = scene.NewNotebook();
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));
            // All accounts live on the one that will stop; from then on all operations come in at the others.
            var stops = scene.Connect(silos[^1], Connections);
            var stay = silos[..^1].SelectMany(silo => scene.Connect(silo, Connections)).ToList();
            await Task.WhenAll(Enumerable.Range(0, city.Plan.Pupils).Select(pupil =>
                notebook.Send(notebook.Open(mix.Sale(city.PupilAt(pupil))), stops[pupil % stops.Count])));
            var crowd = new Crowd(notebook, mix, stay, Clients, scene.Seed);
            await Eventually.Holds(() => notebook.AnsweredCount >= 2_000, "answers from afar");

            var began = notebook.Now;
            (await silos[^1].Stop()).ShouldBe(0);
            scene.Say($"Stopped in {(notebook.Now - began).TotalSeconds:0.0} s");
            var after = notebook.AnsweredCount + 1_000;
            await Eventually.Holds(() => notebook.AnsweredCount >= after, "answers from the others");
            await crowd.Stop();

            scene.Say($"{notebook.Summary()}; the slowest took {notebook.Attempts.Max(attempt => attempt.Took).TotalMilliseconds:0} ms");
            notebook.Attempts.Where(attempt => attempt.Answer is NoAnswer).ShouldBeEmpty();
            await JournalCheck.Holds(silos[0].Settings, notebook);
            await Scene.AuditIsClean(silos[0].Settings);
        });
    }
}
