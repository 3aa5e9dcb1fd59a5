using System.Diagnostics;
using Zvonok.Processes;
using Command = System.CommandLine.Command;

namespace Zvonok.Load.Import;

/// <summary><c>import</c>: how long it takes to register a city.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city, one account and one card each.");
        var json = Options.Json();
        var command = new Command("import", "Register a city of so many pupils and tell how long it took.") { store, pupils, json };
        command.SetAction((parsed, stop) => Run(parsed.GetValue(store), parsed.GetValue(pupils), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> Run(Store store, int pupils, FileInfo? json, CancellationToken stop)
    {
        await using var stage = new Stage();
        var city = City.Create(CityPlan.Moscow(pupils));
        var silo = await stage.Start(await stage.NewSilo("city", store, stop), stop);
        var course = new ImportCourse();
        var cpu = new CpuMeter(silo.ProcessId, stage.Database?.ProcessId);
        var started = Stopwatch.GetTimestamp();
        var answer = await Town.Register(silo.Address, city, "Registering the city", course, stop);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var report = ReportOf(store, city, answer.AddedCount, seconds, cpu.Stop().Each(answer.AddedCount), silo);
        return await report.Publish(stage, json, (whole, path) => ImportPlot.Save(whole, course, path), stop);
    }

    private static Report ReportOf(Store store, City city, long rows, double seconds, CpuFigures cpu, SiloProcess silo) => new()
    {
        Verb = "import",
        Settings = new Dictionary<string, object?>
        {
            ["store"] = store.ToString(),
            ["pupils"] = city.Plan.Pupils,
            ["buildings"] = city.Schools.Count + city.Kindergartens.Count,
            ["rows_per_message"] = CityImport.RowsPerMessage,
            ["postgres"] = Stage.ReportedDatabaseSettings(),
        },
        Arms = new Dictionary<string, ArmFigures>
        {
            ["import"] = new() { OpsPerS = Math.Round(rows / seconds, 1), CpuUsPerOp = cpu, Operations = rows },
        },
        Figures = new Dictionary<string, object?>
        {
            ["rows"] = rows,
            ["seconds"] = Math.Round(seconds, 2),
            ["rows_per_s"] = Math.Round(rows / seconds),
            ["silo_rss_peak_mb"] = Math.Round(ProcessUsage.ResidentBytes(silo.ProcessId).Peak / (1024.0 * 1024)),
        },
        Failures = new Dictionary<string, long>(),
    };
}
