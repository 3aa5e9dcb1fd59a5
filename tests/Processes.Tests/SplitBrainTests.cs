using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>Two clusters of one silo each, which know nothing of one another, on one database.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "split-brain")]
public sealed class SplitBrainTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 4;
    private const int Clients = 12;
    private const int AnswersOfEach = 500;
    private const int HandoversOfEach = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    // So few that both clusters have every account and building active all the time.
    private static readonly CityPlan Plan = new() { Pupils = 6, Schools = 2 };

    [Fact]
    public async Task Two_clusters_that_debit_the_same_accounts_neither_fork_a_ledger_nor_lose_an_answer()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(Store.Postgres);
            var left = await scene.Start(settings);
            // The same data directory, for cards have the same tokens in both; the journal is not in it.
            var right = await scene.Start(settings.Another() with { ClusterName = "right" });
            await Scene.Register(left, city);
            var (toLeft, toRight) = (scene.Connect(left, Connections), scene.Connect(right, Connections));
            var notebook = scene.NewNotebook();
            var ids = new OperationIds(SystemClock.Instance, scene.Seed);
            await Fill(notebook, city, new Mix(city, ids), toLeft[0]);

            Crowd[] crowds =
            [
                new(notebook, new Mix(city, ids), toLeft, Clients, scene.Seed),
                new(notebook, new Mix(city, ids), toRight, Clients, scene.Seed + Clients),
                // Devices that lose one cluster go to the other, and repeat there what they have no answer to.
                new(notebook, new Mix(city, ids), [.. toLeft, .. toRight], Clients, scene.Seed + 2 * Clients),
            ];
            await Eventually.Holds(
                () => Answers(notebook, left) >= AnswersOfEach && Answers(notebook, right) >= AnswersOfEach, $"{AnswersOfEach} answers from either cluster");
            // How often they alternate is the machine's affair; that each ledger has passed between them is the scene's.
            await Eventually.Holds(
                async () => Handovers(notebook, await JournalRows.Read(settings)).Values.All(count => count >= HandoversOfEach),
                $"{HandoversOfEach} handovers of every ledger", Look);
            foreach (var crowd in crowds) await crowd.Stop();
            // To one of them: as long as both write, a caller may be told to repeat, and does.
            await notebook.RepeatUnanswered(toLeft);

            notebook.All.Where(recorded => !recorded.IsAnswered).ShouldBeEmpty();
            await JournalCheck.Holds(settings, notebook);
            var handovers = Handovers(notebook, await JournalRows.Read(settings));
            scene.Say($"Ledgers and how often the other cluster wrote next: {string.Join(", ", handovers)}; {notebook.Summary()}");
            // A cluster that writes after the other did was stale, was shut out, and has recovered.
            handovers.Count.ShouldBe(Plan.Pupils + Plan.Schools);
            handovers.ShouldAllBe(ledger => ledger.Value >= HandoversOfEach);
            await RepeatsElsewhere(scene, notebook, toLeft, toRight);
            (await left.Stop()).ShouldBe(0);
            (await right.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    [Fact]
    public async Task A_cluster_that_was_overtaken_does_not_refuse_what_the_other_has_granted()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var settings = await scene.NewSettings(Store.Postgres);
            var left = await scene.Start(settings);
            var right = await scene.Start(settings.Another() with { ClusterName = "right" });
            await Scene.Register(left, city);
            var (toLeft, toRight) = (scene.Connect(left, 1)[0], scene.Connect(right, 1)[0]);
            var notebook = scene.NewNotebook();
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));
            var pupil = city.PupilAt(0);

            // From here on the right cluster believes that the purse is empty.
            (await toRight.Families.GetAccountAsync(new() { AccountNumber = pupil.Account.Value })).MealBalanceKopecks.ShouldBe(0);
            (await notebook.Send(notebook.Open(mix.TopUp(pupil, 1_000)), toLeft)).ShouldBeOfType<EntryAnswer>();
            var sale = notebook.Open(mix.Sale(pupil));
            var answer = (await notebook.Send(sale, toLeft)).ShouldBeOfType<EntryAnswer>();

            (await notebook.Send(sale, toRight)).ShouldBe(answer);
            await JournalCheck.Holds(settings, notebook);
        });
    }

    // Purses that last, so that most sales are debits and not refusals.
    private static async Task Fill(Notebook notebook, City city, Mix mix, Line line)
    {
        for (var pupil = 0; pupil < city.Plan.Pupils; pupil++)
            (await notebook.Send(notebook.Open(mix.TopUp(city.PupilAt(pupil), 100_000)), line)).ShouldBeOfType<EntryAnswer>();
    }

    private static int Answers(Notebook notebook, SiloProcess silo) =>
        notebook.Attempts.Count(attempt => attempt.Silo == silo.Address && attempt.Answer is EntryAnswer);

    private static Dictionary<string, int> Handovers(Notebook notebook, List<JournalRow> rows)
    {
        // What is not answered yet has no writer that anybody knows.
        var writers = notebook.All.Where(recorded => recorded.IsAnswered).ToDictionary(
            recorded => recorded.Operation.Id, recorded => recorded.Attempts.First(attempt => attempt.Answer is not NoAnswer).Silo);
        return rows.GroupBy(row => row.Ledger).ToDictionary(ledger => ledger.Key, ledger =>
        {
            var order = ledger.OrderBy(row => row.Seq).Where(row => writers.ContainsKey(row.Operation)).Select(row => writers[row.Operation]).ToList();
            return order.Zip(order.Skip(1)).Count(pair => pair.First != pair.Second);
        });
    }

    // What one cluster has answered, the other answers in the same way.
    private static async Task RepeatsElsewhere(Scene scene, Notebook notebook, List<Line> left, List<Line> right)
    {
        var granted = notebook.All.Where(recorded => recorded.Answers.First() is not RefusedAnswer).ToArray();
        new Random(scene.Seed).Shuffle(granted);
        foreach (var recorded in granted.Take(200))
        {
            var answer = recorded.Answers.First();
            (await notebook.Send(recorded, left[0])).ShouldBe(answer);
            (await notebook.Send(recorded, right[0])).ShouldBe(answer);
        }
    }
}
