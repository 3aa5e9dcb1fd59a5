using System.Globalization;
using Xunit.Abstractions;
using Zvonok.Family.V1;
using Zvonok.Office.V1;
using Zvonok.Till.V1;

namespace Zvonok.Processes.Tests;

/// <summary>The verb <c>report</c>, beside a silo that serves.</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
[Trait("Rule", "M14")]
public sealed class ReportTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly CityPlan Plan = new() { Pupils = 2, Schools = 1 };

    // Where it is about noon, so that no midnight comes between a sale and its report.
    private static readonly int East = 12 - SystemClock.Instance.GetCurrentInstant().InUtc().Hour;

    private static readonly string Zone = East == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-East:+0;-0}");

    private static readonly LocalDate Today = SystemClock.Instance.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[Zone]).Date;

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    [Trait("Rule", "M5")]
    public async Task Reports_are_files_of_rows_and_the_last_line_says_what_they_come_to(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(store);
            var school = await Write(scene, settings);
            var directory = scene.NewDirectory("reports");

            (await Report("1 contra accounts, 2 entries", "settlement", "--day", Iso(Today), "--zone", Zone, "--contra", "bank/3")).ShouldBe(
                ["contra_account,date,kind,other_side,entry_count,amount_kopecks", $"bank/3,{Iso(Today)},top_up,purse/meal,2,-1000"]);
            var claims = await Report("1 meals, 90.00 roubles", "claims", "--day", Iso(Today.PlusDays(-1)), "--until", Iso(Today.PlusDays(1)), "--funder", "5");
            claims[0].ShouldBe("funder_id,building_id,date,meal_kind,meal_count,amount_kopecks");
            claims[1..].ShouldHaveSingleItem().ShouldMatch($"^5,{school.Building},[0-9-]{{10}},lunch,1,9000$");
            (await Report("balanced", "trial-balance")).ShouldBe(
                ["side,total_kopecks", "purse/meal,1000", "purse/transport,0", $"operator/{school.OperatorId},9000", "bank/3,-1000", "budget/5,-9000"]);

            // A file that was there is replaced by a whole one; without a file the rows are the standard output.
            var plain = await SiloProcess.RunVerb(settings, ["report", "trial-balance"]);
            plain.Output.ShouldStartWith("side,total_kopecks");
            Directory.GetFiles(directory).ShouldHaveSingleItem();

            async Task<string[]> Report(string summary, params string[] arguments)
            {
                var file = Path.Combine(directory, "report.csv");
                var report = await SiloProcess.RunVerb(settings, ["report", .. arguments, "--out", file]);
                report.ExitCode.ShouldBe(0, report.Output);
                var last = report.Output.TrimEnd().Split('\n')[^1];
                last.ShouldStartWith($"{file}: ");
                last.ShouldContain(summary);
                return await File.ReadAllLinesAsync(file);
            }
        });
    }

    [Fact]
    public async Task Books_that_are_wrong_end_the_trial_balance_with_status_1()
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Sqlite);
            await Write(scene, settings);
            (await JournalRows.Execute(settings, "update entry set amount = amount + 1 where kind = 3 and seq = 1")).ShouldBeGreaterThan(0);

            var report = await SiloProcess.RunVerb(settings, ["report", "trial-balance"]);

            report.ExitCode.ShouldBe(1, report.Output);
            report.Output.ShouldContain("not to 0: run audit");
        });
    }

    [Theory]
    [InlineData("--day", "settlement", "--day", "2026-09-31", "--zone", "Europe/Moscow")]
    [InlineData("--day", "settlement", "--day", "1999-12-31", "--zone", "Europe/Moscow")]
    [InlineData("--zone", "settlement", "--day", "2026-09-01", "--zone", "Europe/Atlantis")]
    [InlineData("--zone", "settlement", "--day", "2026-09-01")]
    [InlineData("--contra", "settlement", "--day", "2026-09-01", "--zone", "Europe/Moscow", "--contra", "operators")]
    [InlineData("--until", "claims", "--day", "2026-09-01", "--until", "soon")]
    [InlineData("--until", "claims", "--day", "2026-09-01", "--until", "2026-08-31")]
    [InlineData("--funder", "claims", "--day", "2026-09-01", "--funder", "-1")]
    [InlineData("--out", "trial-balance", "--out", "/nowhere/report.csv")]
    public async Task What_cannot_be_asked_for_is_named(string option, params string[] arguments)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var report = await SiloProcess.RunVerb(await scene.NewSettings(Store.Sqlite), ["report", .. arguments]);

            report.ExitCode.ShouldNotBe(0, report.Output);
            report.Output.ShouldContain(option);
            report.Output.ShouldNotContain("   at Zvonok", customMessage: "a sentence, no stack trace");
        });
    }

    // Each of two accounts is topped up with 5 roubles; the first has a lunch of 90 roubles at public cost. The silo goes on serving.
    private static async Task<School> Write(Scene scene, SiloSettings settings)
    {
        var city = City.Create(Plan);
        var silo = await scene.Start(settings);
        await Scene.Register(silo, city);
        var (ids, notebook) = (new OperationIds(SystemClock.Instance, scene.Seed), scene.NewNotebook());
        var (line, mix) = (scene.Connect(silo, 1)[0], new Mix(city, ids));
        for (var pupil = 0; pupil < Plan.Pupils; pupil++) (await notebook.Send(notebook.Open(mix.TopUp(city.PupilAt(pupil), 500)), line)).ShouldBeOfType<EntryAnswer>();

        var child = city.PupilAt(0);
        using var channel = Connection.Open(silo.Address);
        var right = new Entitlement
        {
            FunderId = 5,
            Meals = { MealKind.Lunch },
            Weekdays = { Enumerable.Range(1, 7).Select(day => (Google.Type.DayOfWeek)day) },
            FirstDate = new() { Year = 2020, Month = 1, Day = 1 },
            LastDate = new() { Year = 2100, Month = 12, Day = 31 },
        };
        (await new OfficeService.OfficeServiceClient(channel).SetEntitlementsAsync(new SetEntitlementsRequest
        {
            OperationId = ids.Next(), AccountNumber = child.Account.Value, Entitlements = { right },
        })).Granted.ShouldNotBeNull();
        (await new TillService.TillServiceClient(channel).RedeemMealAsync(new RedeemMealRequest
        {
            OperationId = ids.Next(),
            DeviceId = child.School.Till.Value,
            CardUid = child.CardUid,
            MealKind = MealKind.Lunch,
            Lines = { new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = 9_000 } },
            TotalKopecks = 9_000,
        })).Granted.ShouldNotBeNull();
        return child.School;
    }

    private static string Iso(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
