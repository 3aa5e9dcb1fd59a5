using System.CommandLine;

namespace Zvonok.Load.Notices;

/// <summary><c>notices</c>: how many are told how fast, and what it costs the core.</summary>
internal static class NoticesVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city; 70 % are told of, through 1.5 channels.", 20_000);
        var rate = Options.Count("--rate", "Taps and sales a second: the city's design load.", 2_700);
        var seconds = Options.Count("--seconds", "How long.", 60);
        var rounds = Options.Count("--rounds", "Rounds of the core with notices off and on.", 3);
        var roundSeconds = Options.Count("--round-seconds", "Measured seconds of each.", 8);
        var json = Options.Json();
        var command = new Command("notices", "Tell guardians through a webhook sink at the design load, then sell in a closed loop with notices off and on in turn.")
        {
            store, pupils, rate, seconds, rounds, roundSeconds, json,
        };
        command.SetAction((parsed, stop) => Run(
            new NoticesSettings
            {
                Store = parsed.GetValue(store),
                Pupils = parsed.GetValue(pupils),
                Rate = parsed.GetValue(rate),
                Seconds = parsed.GetValue(seconds),
                Rounds = parsed.GetValue(rounds),
                RoundSeconds = parsed.GetValue(roundSeconds),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(NoticesSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await NoticesRun.Play(stage, settings, stop);
        var report = new Report
        {
            Verb = "notices",
            Note = "Load tool, sink, server and database share the machine's cores; the sink is in the load tool's process.",
            Settings = settings.AsReported(),
            Arms = run.Arms,
            Ratios = run.Ratios,
            Figures = run.Figures,
            Failures = run.Failures.Counts,
        };
        return await report.Publish(stage, settings.Json, (whole, path) => NoticesPlot.Save(whole, run.Window, path), stop);
    }
}
