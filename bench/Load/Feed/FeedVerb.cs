using System.Diagnostics;
using Command = System.CommandLine.Command;

namespace Zvonok.Load.Feed;

/// <summary><c>feed</c>: how fast a neighbour reads everything that was ever committed (N1), and what it costs.</summary>
internal static class FeedVerb
{
    public static Command Create()
    {
        var facts = Options.Count("--facts", "Facts in the database, about.", 10_000_000);
        var pupils = Options.Count("--pupils", "Pupils whose facts they are.", 100_000);
        var json = Options.Json();
        var command = new Command("feed", "Fill PostgreSQL with facts and read the feed from its beginning.") { facts, pupils, json };
        command.SetAction((parsed, stop) => Run(parsed.GetValue(facts), parsed.GetValue(pupils), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> Run(int facts, int pupils, FileInfo? json, CancellationToken stop)
    {
        var failures = new Failures();
        await using var stage = new Stage();
        var settings = await stage.NewSilo("city", Store.Postgres, stop);
        var silo = await stage.Start(settings, stop);
        var city = City.Create(CityPlan.Moscow(pupils));
        await Town.Register(silo.Address, city, "Registering the city", sent: null, stop);
        var history = new History(settings.ConnectionString!, city);
        await Terminal.Show("Writing facts", facts, done => history.Write(facts, done, stop));
        var all = await history.Count(stop);
        await stage.Settle(stop);

        var course = new FeedCourse(silo.ProcessId);
        var cpu = new CpuMeter(silo.ProcessId, stage.Database?.ProcessId);
        var started = Stopwatch.GetTimestamp();
        await Terminal.Show("Reading the feed", all, done => new FeedReader(silo.Address, failures).Read(all, course, done, stop));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        var report = ReportOf(all, pupils, seconds, cpu.Stop().Each(all), course, failures);
        return await report.Publish(stage, json, (whole, path) => FeedPlot.Save(whole, course, path), stop);
    }

    private static Report ReportOf(
        long facts, int pupils, double seconds, CpuFigures cpu, FeedCourse course, Failures failures) => new()
    {
        Verb = "feed",
        Note = "Load tool, silo and database share the machine's cores. The facts were written by SQL, in transactions of the size that a busy journal makes.",
        Settings = new Dictionary<string, object?>
        {
            ["facts"] = facts,
            ["pupils"] = pupils,
            ["facts_per_transaction"] = History.FactsPerTransaction,
            ["postgres"] = Stage.ReportedDatabaseSettings(),
        },
        Arms = new Dictionary<string, ArmFigures>
        {
            ["feed"] = new() { OpsPerS = Math.Round(facts / seconds, 1), CpuUsPerOp = cpu, Operations = facts },
        },
        Figures = new Dictionary<string, object?>
        {
            ["seconds"] = Math.Round(seconds, 2),
            ["facts_per_s"] = Math.Round(facts / seconds),
            ["silo_rss_before_mb"] = Math.Round(course.FirstMb),
            ["silo_rss_peak_mb"] = Math.Round(course.PeakMb),
        },
        Failures = failures.Counts,
    };
}
