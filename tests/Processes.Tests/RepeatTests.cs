using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>Every operation is sent again and again: at once, later, and after its grain has left the memory.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "repeat")]
public sealed class RepeatTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Connections = 6;
    private const int Times = 3;
    private const int OperationsOfEach = 12;

    // More than an account remembers (64), and for the building more than its memory of 512.
    private const int LaterOfEachAccount = 100;
    private const int LaterTaps = 600;
    private static readonly CityPlan Plan = new() { Pupils = 5, Schools = 1 };

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_repeated_operation_gets_its_first_answer_and_has_one_row(Store store)
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
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));

            var operations = new List<Recorded>();
            await Task.WhenAll(Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt).Select(async pupil =>
            {
                foreach (var operation in OperationsOf(pupil, mix, new Random(scene.Seed + pupil.Index)))
                {
                    var recorded = notebook.Open(operation);
                    lock (operations) operations.Add(recorded);
                    await SendThrice(notebook, recorded, lines);
                }
            }));
            operations.AddRange(await Reversals(notebook, mix, operations, lines));
            await EachHasOneAnswer(settings, notebook);

            await Later(notebook, mix, city, lines, random);
            await Again(notebook, operations, lines);
            await EachHasOneAnswer(settings, notebook);

            // A restart leaves no grain in the memory.
            (await silo.Stop()).ShouldBe(0);
            silo = await scene.Start(settings);
            await Again(notebook, operations, scene.Connect(silo, Connections));
            await EachHasOneAnswer(settings, notebook);

            scene.Say($"{store}: {operations.Count} operations sent {operations.Sum(recorded => recorded.Attempts.Count)} times");
            (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    // The purse runs dry on the way, so some sales are refused.
    private static IEnumerable<Operation> OperationsOf(Pupil pupil, Mix mix, Random random)
    {
        yield return mix.TopUp(pupil, 500);
        for (var i = 0; i < OperationsOfEach; i++)
        {
            yield return mix.Sale(pupil);
            yield return mix.Tap(pupil, random);
        }
    }

    private static async Task<List<Recorded>> Reversals(Notebook notebook, Mix mix, List<Recorded> operations, List<Line> lines)
    {
        var reversals = new List<Recorded>();
        foreach (var recorded in operations)
        {
            if (recorded.Operation is not SaleOperation sale || recorded.Answers.First() is not EntryAnswer { Seq: 2 } sold) continue;
            reversals.Add(notebook.Open(mix.Reversal(sold.Account, sold.Seq, sale.Request.DeviceId)));
        }

        reversals.Count.ShouldBe(Plan.Pupils);
        await Task.WhenAll(reversals.Select(recorded => SendThrice(notebook, recorded, lines)));
        return reversals;
    }

    private static Task<Answer[]> SendThrice(Notebook notebook, Recorded recorded, List<Line> lines)
    {
        var first = recorded.Attempts.Count;
        return Task.WhenAll(Enumerable.Range(0, Times).Select(time => notebook.Send(recorded, lines[(first + time) % lines.Count])));
    }

    // A refusal is remembered only while its grain is active, and by then the purse holds money: only what is in the journal is asked again.
    private static Task<Answer[][]> Again(Notebook notebook, List<Recorded> operations, List<Line> lines) => Task.WhenAll(
        operations.Where(recorded => recorded.Answers.First() is not RefusedAnswer).Select(recorded => SendThrice(notebook, recorded, lines)));

    private static async Task Later(Notebook notebook, Mix mix, City city, List<Line> lines, Random random)
    {
        for (var pupil = 0; pupil < city.Plan.Pupils; pupil++)
            await SendAll(notebook, Enumerable.Range(0, LaterOfEachAccount).Select(_ => mix.TopUp(city.PupilAt(pupil), 100)), lines);
        await SendAll(notebook, Enumerable.Range(0, LaterTaps).Select(_ => mix.Tap(mix.AnyPupil(random), random)), lines);
    }

    private static async Task SendAll(Notebook notebook, IEnumerable<Operation> operations, List<Line> lines)
    {
        foreach (var some in operations.Select((operation, i) => (Operation: operation, Line: lines[i % lines.Count])).Chunk(50))
            await Task.WhenAll(some.Select(one => notebook.Send(notebook.Open(one.Operation), one.Line)));
    }

    private static async Task EachHasOneAnswer(SiloSettings settings, Notebook notebook)
    {
        notebook.Attempts.Where(attempt => attempt.Answer is NoAnswer).ShouldBeEmpty();
        await JournalCheck.Holds(settings, notebook);
    }
}
