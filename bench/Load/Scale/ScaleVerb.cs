using System.CommandLine;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Scale;

/// <summary><c>scale</c>: the same load on one silo, on two, on three: what an operation costs when its parts live on several.</summary>
internal static class ScaleVerb
{
    public static Command Create()
    {
        var silos = Options.Count("--silos", "Silo processes at most; every number from 1 on is an arm.", 3);
        var rounds = Options.Count("--rounds", "How often the arms take turns.", 3);
        var pupils = Options.Count("--pupils", "Pupils of the city.", 20_000);
        var rate = Options.Count("--rate", "Taps and sales a second, the same for every arm.", 2_000);
        var warm = Options.Count("--warm", "Seconds at the rate before an arm is measured.", 30);
        var seconds = Options.Count("--seconds", "How long an arm's turn is.", 20);
        var connections = Options.Count("--connections", "Sockets, shared among the silos.", 48);
        var wiring = new Option<Wiring>("--wiring")
        {
            Description = "BySchool: a school's devices are at one silo. Scattered: a pupil taps at one silo and buys at another.",
            DefaultValueFactory = _ => Wiring.BySchool,
        };
        var json = Options.Json();
        var command = new Command("scale", "Measure an operation's processor time with 1, 2, 3 silo processes at the same load, and beside them of as many servers that do nothing.")
        {
            silos, rounds, pupils, rate, warm, seconds, connections, wiring, json,
        };
        command.SetAction((parsed, stop) => Run(
            new ScaleSettings
            {
                SilosMax = parsed.GetValue(silos),
                Rounds = parsed.GetValue(rounds),
                Pupils = parsed.GetValue(pupils),
                Rate = parsed.GetValue(rate),
                WarmSeconds = parsed.GetValue(warm),
                Seconds = parsed.GetValue(seconds),
                Connections = parsed.GetValue(connections),
                Wiring = parsed.GetValue(wiring),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(ScaleSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await ScaleRun.Play(stage, settings, stop);
        var report = new Report
        {
            Verb = "scale",
            Settings = settings.AsReported(),
            Arms = run.Arms,
            Ratios = run.Growth,
            Failures = run.Failures.Counts,
        };
        return await report.Publish(stage, settings.Json, ScalePlot.Save, stop);
    }
}
