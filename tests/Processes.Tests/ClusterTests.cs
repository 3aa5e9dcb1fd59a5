using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>Three silos on one PostgreSQL database.</summary>
[Collection(WithPostgres.Name)]
[Trait("soak", "cluster")]
public sealed class ClusterTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Connections = 2;
    private const int Clients = 8;
    private const int Active = 3;
    private const int Dead = 6;

    /// <summary>The bound that is promised: so long after a silo was killed, what lived on it answers again.</summary>
    private static readonly TimeSpan AnswersAgainWithin = TimeSpan.FromSeconds(8);

    // A silo that sleeps keeps its connections open.
    private static readonly TimeSpan HangsUpAfter = TimeSpan.FromSeconds(5);

    private static readonly CityPlan Plan = new() { Pupils = 60, Schools = Silos };

    [Fact]
    public async Task Silos_that_start_at_once_on_an_empty_database_are_one_cluster_and_any_of_them_answers()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var city = City.Create(Plan);
            var silos = await scene.StartCluster(Silos);
            (await Members(silos[0], Active)).ShouldBe(Silos);
            await Scene.Register(silos[0], city);
            var lines = silos.Select(silo => scene.Connect(silo, 1)[0]).ToList();
            var notebook = scene.NewNotebook();
            var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));

            for (var pupil = 0; pupil < city.Plan.Pupils; pupil++)
            {
                var topUp = notebook.Open(mix.TopUp(city.PupilAt(pupil), 1_000));
                var answers = await Task.WhenAll(lines.Select(line => notebook.Send(topUp, line)));
                answers.ShouldAllBe(answer => answer is EntryAnswer);
            }

            await JournalCheck.Holds(silos[0].Settings, notebook);
            foreach (var silo in silos) (await silo.Stop()).ShouldBe(0);
            (await Members(silos[0], Active)).ShouldBe(0);
        });
    }

    [Fact]
    public async Task When_one_is_killed_what_lived_on_it_answers_again_elsewhere_within_8_seconds_and_the_rest_does_not_notice()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (silos, schools, notebook) = await BusyCluster(scene, answers: 300);

            var killedAt = Clocks(schools);
            await silos[^1].Kill();
            var survivors = schools[..^1].SelectMany(school => school.Lines).ToList();
            var waited = await Task.WhenAll(schools[^1].Pupils.Select(pupil => UntilAnswered(notebook, schools[^1].Mix, pupil, survivors, scene.Seed)));
            scene.Say($"Answers again: the first after {waited.Min().TotalSeconds:0.0} s, the last after {waited.Max().TotalSeconds:0.0} s");
            foreach (var school in schools) await school.Crowd.Stop();

            waited.Max().ShouldBeLessThan(AnswersAgainWithin);
            foreach (var school in schools[..^1])
            {
                scene.Say($"{school.Notebook.Summary()}; the slowest took {school.Notebook.Attempts.Where(attempt => attempt.SentAt >= killedAt[school]).Max(attempt => attempt.Took).TotalMilliseconds:0} ms");
                Unanswered(school, killedAt[school]).ShouldBeEmpty("they live on silos that nothing has happened to");
            }

            (await Members(silos[0], Dead)).ShouldBe(1);
            await EverythingIsThere(silos[0], [notebook, .. schools.Select(school => school.Notebook)], survivors);
        });
    }

    [Fact]
    public async Task One_that_slept_through_its_own_death_says_so_and_ends_and_has_forked_no_ledger()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (silos, schools, notebook) = await BusyCluster(scene, answers: 300);

            var asleep = silos[^1];
            var awakeUntil = Clocks(schools);
            asleep.Freeze();
            var frozenAt = notebook.Now;
            await Eventually.Holds(async () => await Members(silos[0], Dead) == 1, "the others give it up", TimeSpan.FromMilliseconds(50));
            var givenUpAfter = notebook.Now - frozenAt;
            // Its accounts are awake elsewhere by then.
            var survivors = schools[..^1].SelectMany(school => school.Lines).ToList();
            await Task.WhenAll(schools[^1].Pupils.Select(pupil => UntilAnswered(notebook, schools[^1].Mix, pupil, survivors, scene.Seed)));
            asleep.Thaw();
            var wokeAt = notebook.Now;
            (await asleep.WaitForExit(TimeSpan.FromSeconds(30))).ShouldBe(3);
            scene.Say($"Given up after {givenUpAfter.TotalSeconds:0.0} s, ended {(notebook.Now - wokeAt).TotalSeconds:0.0} s after it woke");
            asleep.Output.ShouldContain("no longer a member of its cluster");
            givenUpAfter.ShouldBeLessThan(AnswersAgainWithin);

            foreach (var school in schools) await school.Crowd.Stop();
            foreach (var school in schools[..^1])
                Unanswered(school, awakeUntil[school]).ShouldBeEmpty("they live on silos that nothing has happened to");
            await EverythingIsThere(silos[0], [notebook, .. schools.Select(school => school.Notebook)], survivors);
        });
    }

    [Fact]
    public async Task While_the_database_is_away_longer_than_a_death_takes_nobody_dies()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var (silos, schools, _) = await BusyCluster(scene, answers: 100);

            await postgres.Server.StopImmediately();
            await Task.Delay(AnswersAgainWithin);
            await postgres.Server.StartAgain();
            var back = schools.Select(school => school.Notebook.AnsweredCount + 100).ToList();
            await Eventually.Holds(() => schools.Zip(back).All(pair => pair.First.Notebook.AnsweredCount >= pair.Second), "answers for every school again");

            foreach (var school in schools) await school.Crowd.Stop();
            silos.ShouldAllBe(silo => !silo.HasExited);
            (await Members(silos[0], Active)).ShouldBe(Silos);
            await EverythingIsThere(silos[0], [.. schools.Select(school => school.Notebook)], [.. schools.SelectMany(school => school.Lines)]);
        });
    }

    // Each silo has the devices of one school, so that school's cards, accounts and building live there. The notebook is for whoever else asks.
    private static async Task<(SiloProcess[] Silos, List<SchoolAt> Schools, Notebook Notebook)> BusyCluster(Scene scene, int answers)
    {
        var (city, silos) = await scene.StartCluster(Silos, Plan);
        var notebook = scene.NewNotebook();
        var schools = SchoolsAt(scene, silos, city);
        await Eventually.Holds(() => schools.All(school => school.Notebook.AnsweredCount >= answers), "answers for every school");
        return (silos, schools, notebook);
    }

    private static List<SchoolAt> SchoolsAt(Scene scene, SiloProcess[] silos, City city)
    {
        var ids = new OperationIds(SystemClock.Instance, scene.Seed);
        var pupils = Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt).GroupBy(pupil => pupil.School.Building).ToList();
        pupils.Count.ShouldBe(silos.Length);
        return [.. silos.Select((silo, i) =>
        {
            var (lines, own, mix) = (scene.Connect(silo, Connections), scene.NewNotebook(), new Mix([.. pupils[i]], ids));
            return new SchoolAt([.. pupils[i]], lines, own, mix, new Crowd(own, mix, lines, Clients, scene.Seed + i * Clients, HangsUpAfter));
        })];
    }

    private static async Task<TimeSpan> UntilAnswered(Notebook notebook, Mix mix, Pupil pupil, List<Line> lines, int seed)
    {
        var began = notebook.Now;
        var random = new Random(seed + pupil.Index);
        foreach (var operation in new[] { mix.TopUp(pupil, 100), mix.Tap(pupil, random) })
        {
            var recorded = notebook.Open(operation);
            while (await notebook.Send(recorded, lines[random.Next(lines.Count)], HangsUpAfter) is NoAnswer { IsFault: false }) await Task.Delay(20);
        }

        return notebook.Now - began;
    }

    private static async Task EverythingIsThere(SiloProcess silo, IReadOnlyList<Notebook> notebooks, List<Line> lines)
    {
        foreach (var notebook in notebooks) await notebook.RepeatUnanswered(lines);
        var all = Notebook.Together(notebooks);
        all.All.Where(recorded => !recorded.IsAnswered).ShouldBeEmpty();
        await JournalCheck.Holds(silo.Settings, all);
        await Scene.AuditIsClean(silo.Settings);
    }

    // Now, by each notebook's own clock.
    private static Dictionary<SchoolAt, TimeSpan> Clocks(List<SchoolAt> schools) => schools.ToDictionary(school => school, school => school.Notebook.Now);

    // What ended before had another reason: three cold silos on a busy machine may hold an append for longer than the journal's deadline.
    private static List<Attempt> Unanswered(SchoolAt school, TimeSpan since) =>
        [.. school.Notebook.Attempts.Where(attempt => attempt.Answer is NoAnswer && attempt.SentAt + attempt.Took >= since)];

    private static Task<long> Members(SiloProcess silo, int status) => JournalRows.Count(silo.Settings, $"cluster_member where status = {status}");

    private sealed record SchoolAt(IReadOnlyList<Pupil> Pupils, List<Line> Lines, Notebook Notebook, Mix Mix, Crowd Crowd);
}
