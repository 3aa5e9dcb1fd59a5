using System.CommandLine;

namespace Zvonok.Load.Hot;

/// <summary><c>hot</c>: one account that everybody wants, and what everybody else notices of it.</summary>
internal static class HotVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city.", 200_000);
        var rate = Options.Count("--rate", "Taps and sales a second of everybody else.", 1_000);
        var callers = Options.Count("--callers", "Who buys from the one account at the same time.", 200);
        var pause = Options.Count("--pause", "Milliseconds that each of them rests after an answer; the flood at the end does not rest.", 150);
        var rounds = Options.Count("--rounds", "How often the arms take turns.", 3);
        var seconds = Options.Count("--seconds", "How long an arm's turn is.", 8);
        var json = Options.Json();
        var command = new Command("hot", "Let many callers buy from one account, and as many from one account each, beside a city's load.")
        {
            store, pupils, rate, callers, pause, rounds, seconds, json,
        };
        command.SetAction((parsed, stop) => Run(
            new HotSettings
            {
                Store = parsed.GetValue(store),
                Pupils = parsed.GetValue(pupils),
                Rate = parsed.GetValue(rate),
                Callers = parsed.GetValue(callers),
                Pause = TimeSpan.FromMilliseconds(parsed.GetValue(pause)),
                Rounds = parsed.GetValue(rounds),
                Seconds = parsed.GetValue(seconds),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(HotSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await HotRun.Play(stage, settings, stop);
        var report = new Report
        {
            Verb = "hot",
            Settings = settings.AsReported(),
            Arms = run.Arms,
            Ratios = run.Ratios,
            Figures = run.Figures,
            Failures = run.Failures.Counts,
        };
        return await report.Publish(stage, settings.Json, HotPlot.Save, stop);
    }
}
