using System.CommandLine;

namespace Zvonok.Load.Reads;

/// <summary><c>reads</c>: what families read while a school month of everybody's history is there.</summary>
internal static class ReadsVerb
{
    public static Command Create()
    {
        var pupils = Options.Count("--pupils", "Pupils of the city, one account each.", 1_000_000);
        var days = Options.Count("--days", "School days of history.", 22);
        var passageDays = Options.Count("--passage-days", "The last of them, on which passages are written too.", 10);
        var rate = Options.Count("--rate", "Reads a second.", 1_500);
        var warm = Options.Count("--warm", "Seconds at the rate before it is measured.", 30);
        var seconds = Options.Count("--seconds", "How long it is measured.", 120);
        var connections = Options.Count("--connections", "Sockets.", 32);
        var cache = Options.Count("--cache", "Gigabytes of PostgreSQL's cache: its manual's quarter of a machine's memory.", 6);
        var json = Options.Json();
        var command = new Command("reads", "Write a school month of a city's history, let its families read in an open loop, tell the plans of their queries, and audit the data.")
        {
            pupils, days, passageDays, rate, warm, seconds, connections, cache, json,
        };
        command.SetAction((parsed, stop) => Run(
            new ReadsSettings
            {
                Pupils = parsed.GetValue(pupils),
                Days = parsed.GetValue(days),
                PassageDays = parsed.GetValue(passageDays),
                Rate = parsed.GetValue(rate),
                WarmSeconds = parsed.GetValue(warm),
                Seconds = parsed.GetValue(seconds),
                Connections = parsed.GetValue(connections),
                CacheGigabytes = parsed.GetValue(cache),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(ReadsSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage(settings.CacheGigabytes);
        var run = await ReadsRun.Play(stage, settings, stop);
        // The audit of so many rows takes longer than all the rest: what was measured is there before.
        await Publish(run, stage, settings, stop);
        await run.Audit(stop);
        return await Publish(run, stage, settings, stop);
    }

    private static async Task<int> Publish(ReadsRun run, Stage stage, ReadsSettings settings, CancellationToken stop)
    {
        var report = new Report
        {
            Verb = "reads",
            Settings = settings.AsReported(),
            Arms = run.Arms,
            Figures = run.Figures,
            Failures = run.Failures.Counts,
        };
        if (settings.Json is { } json) await run.Plans.Save(json, stop);
        return await report.Publish(stage, settings.Json, (whole, path) => ReadsPlot.Save(whole, run.Recorder, path), stop);
    }
}
