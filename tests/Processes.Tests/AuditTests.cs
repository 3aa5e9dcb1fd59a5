using Xunit.Abstractions;

namespace Zvonok.Processes.Tests;

/// <summary>The verb <c>audit</c> on data that somebody has changed behind the silo's back.</summary>
[Collection(Verbs.Name)]
[Trait("pace", "unhurried")]
public sealed class AuditTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly CityPlan Plan = new() { Pupils = 2, Schools = 1 };

    // What is changed, how it is put back (the last one cannot be), and which invariant it breaks.
    private static readonly (string Breach, string? Repair, string Finding)[] Breaches =
    [
        ("update entry set meal_after = meal_after + 1 where seq = 2", "update entry set meal_after = meal_after - 1 where seq = 2", "Every balance is the one before plus the amount"),
        ("update entry set contra = 0 where seq = 3", "update entry set contra = 2000000003 where seq = 3", "Every amount has a contra account"),
        ("update passage set seq = 4 where seq = 3", "update passage set seq = 3 where seq = 4", "Passages are numbered 1, 2, 3 without a gap"),
        ("update entry set operation = (select operation from entry as first where first.account = entry.account and first.seq = 1) where seq = 3", null, "Every operation is in its account's ledger once"),
    ];

    [Theory]
    [InlineData(Store.Postgres)]
    [InlineData(Store.Sqlite)]
    public async Task A_breach_ends_the_audit_with_status_1_and_is_named(Store store)
    {
        await using var scene = new Scene(output, postgres);
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(store);
            await Write(scene, settings);
            await Scene.AuditIsClean(settings);
            foreach (var (breach, repair, finding) in Breaches)
            {
                (await JournalRows.Execute(settings, breach)).ShouldBeGreaterThan(0, breach);
                var audit = await SiloProcess.RunVerb(settings, ["audit"]);
                audit.ExitCode.ShouldBe(1, $"{breach}\n{audit.Output}");
                audit.Output.ShouldContain("BREACHED");
                BreachesOf(audit.Output, finding).ShouldBeTrue($"{finding}\n{audit.Output}");
                if (repair is not null) await JournalRows.Execute(settings, repair);
            }
        });
    }

    // Each account has three entries, and the building three passages.
    private static async Task Write(Scene scene, SiloSettings settings)
    {
        var city = City.Create(Plan);
        var silo = await scene.Start(settings);
        await Scene.Register(silo, city);
        var line = scene.Connect(silo, 1)[0];
        var notebook = scene.NewNotebook();
        var mix = new Mix(city, new OperationIds(SystemClock.Instance, scene.Seed));
        var random = new Random(scene.Seed);
        for (var pupil = 0; pupil < Plan.Pupils; pupil++)
            for (var i = 0; i < 3; i++)
                (await notebook.Send(notebook.Open(mix.TopUp(city.PupilAt(pupil), 500)), line)).ShouldBeOfType<EntryAnswer>();
        for (var i = 0; i < 3; i++) (await notebook.Send(notebook.Open(mix.Tap(city.PupilAt(0), random)), line)).ShouldBeOfType<PassageAnswer>();
        (await silo.Stop()).ShouldBe(0);
    }

    // The table breaks long cells into lines; a line without an invariant goes on with the row above it.
    private static bool BreachesOf(string table, string finding)
    {
        var rows = new List<string[]>();
        foreach (var cells in table.Split('\n').Select(line => line.Split('│', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 7))
        {
            if (cells[1].Length > 0) rows.Add(cells);
            else rows[^1][2] += $" {cells[2]}";
        }

        return rows.Single(row => row[2] == finding)[4] != "0";
    }
}
