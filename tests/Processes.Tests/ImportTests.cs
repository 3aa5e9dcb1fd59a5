using Xunit.Abstractions;
using Zvonok.Gate.V1;

namespace Zvonok.Processes.Tests;

/// <summary>The verb <c>import</c>, to a running silo and past it (N4).</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
[Trait("rule", "N4")]
public sealed class ImportTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly string[] Examples = [.. new[] { "buildings", "devices", "accounts", "cards" }
        .Select(name => Path.Combine(Repository.Root, "docs", "examples", $"{name}.csv"))];

    [Fact]
    public async Task The_examples_go_to_the_running_silo_which_knows_them_at_once()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Sqlite);
            var silo = await scene.Start(settings);
            var before = await TapOfTheExamples(scene, silo);
            before.ShouldBeOfType<NoAnswer>("the gate is not registered yet");

            var import = await SiloProcess.RunVerb(settings, ["import", .. Examples]);
            import.ExitCode.ShouldBe(0, import.Output);
            var tap = (await TapOfTheExamples(scene, silo)).ShouldBeOfType<PassageAnswer>();
            tap.Outcome.ShouldBe(Outcome.Admitted);
            tap.Account.ShouldBe(10019);

            var again = await SiloProcess.RunVerb(settings, ["import", .. Examples]);
            again.ExitCode.ShouldBe(0, again.Output);
            await RowsAre(settings, buildings: 2, devices: 2, accounts: 2, cards: 2);
        });
    }

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task Without_a_silo_the_rows_go_to_the_store_where_the_next_silo_finds_them(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(store);
            var import = await SiloProcess.RunVerb(settings, ["import", .. Examples]);
            import.ExitCode.ShouldBe(0, import.Output);
            await RowsAre(settings, buildings: 2, devices: 2, accounts: 2, cards: 2);

            var silo = await scene.Start(settings);
            (await TapOfTheExamples(scene, silo)).ShouldBeOfType<PassageAnswer>().Account.ShouldBe(10019);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bad_rows_are_reported_by_file_and_line_and_good_rows_stay(bool toSilo)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Sqlite);
            if (toSilo) await scene.Start(settings);
            var accounts = Path.Combine(scene.NewDirectory("files"), "some.csv");
            // Line 3 has a wrong check digit, line 4 no zone of this world, line 6 no number at all.
            await File.WriteAllLinesAsync(accounts,
            [
                "account_number,kind,time_zone,daily_limit_kopecks",
                "10019,pupil,Europe/Moscow,30000",
                "10018,pupil,Europe/Moscow,",
                "10024,pupil,Europe/Atlantis,",
                "10024,pupil,Europe/Moscow,",
                "many,pupil,Europe/Moscow,",
            ]);

            var import = await SiloProcess.RunVerb(settings, ["import", accounts]);

            import.ExitCode.ShouldBe(1, import.Output);
            import.Output.ShouldContain("some.csv:3: account_number:");
            import.Output.ShouldContain("some.csv:4: time_zone:");
            import.Output.ShouldContain("some.csv:6: account_number:");
            import.Output.ShouldNotContain("some.csv:2:");
            import.Output.ShouldNotContain("some.csv:5:");
            await RowsAre(settings, buildings: 0, devices: 0, accounts: 2, cards: 0);
        });
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_none_of_the_registry_is_named()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Sqlite);
            var missing = await SiloProcess.RunVerb(settings, ["import", "/nowhere/cards.csv"]);
            missing.ExitCode.ShouldBe(2, missing.Output);
            missing.Output.ShouldContain("/nowhere/cards.csv");

            var other = Path.Combine(scene.NewDirectory("files"), "weather.csv");
            await File.WriteAllTextAsync(other, "day,degrees\n1,20\n");
            var strange = await SiloProcess.RunVerb(settings, ["import", other]);
            strange.ExitCode.ShouldBe(2, strange.Output);
            strange.Output.ShouldContain("weather.csv");
        });
    }

    private static async Task<Answer> TapOfTheExamples(Scene scene, SiloProcess silo)
    {
        var notebook = scene.NewNotebook();
        var uid = ByteString.CopyFrom(Convert.FromHexString("04A1B2C3"));
        var tap = new TapOperation(GateLink.Request(new OperationIds(SystemClock.Instance, scene.Seed).Next(), new DeviceId(101), uid, Direction.In), 1, 10019);
        return await notebook.Send(notebook.Open(tap), scene.Connect(silo, 1)[0]);
    }

    private static async Task RowsAre(SiloSettings settings, int buildings, int devices, int accounts, int cards)
    {
        (await JournalRows.Count(settings, "building")).ShouldBe(buildings);
        (await JournalRows.Count(settings, "device")).ShouldBe(devices);
        (await JournalRows.Count(settings, "account")).ShouldBe(accounts);
        (await JournalRows.Count(settings, "card")).ShouldBe(cards);
    }
}
