using System.CommandLine;

namespace Zvonok.Load.Morning;

/// <summary><c>morning</c>: a city's busiest minutes in an open loop.</summary>
internal static class MorningVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city.");
        var rate = Options.Count("--rate", "Taps and sales a second.");
        var seconds = Options.Count("--seconds", "How long.");
        var connections = Options.Count("--connections", "Sockets, each with a stream of taps and one of sales.", 64);
        var shape = new Option<Shape>("--shape") { Description = "Held: the rate from beginning to end. Bells: the arrival curve in fast time, its peak at the rate." };
        var cold = new Option<bool>("--cold") { Description = "Restart the silo just before, so that nothing is in its memory." };
        var json = Options.Json();
        var command = new Command("morning", "Play a city's taps and sales in an open loop, and audit the data afterwards.")
        {
            store, pupils, rate, seconds, connections, shape, cold, json,
        };
        command.SetAction((parsed, stop) => Run(
            new MorningSettings
            {
                Store = parsed.GetValue(store),
                Pupils = parsed.GetValue(pupils),
                Rate = parsed.GetValue(rate),
                Seconds = parsed.GetValue(seconds),
                Connections = parsed.GetValue(connections),
                Shape = parsed.GetValue(shape),
                Cold = parsed.GetValue(cold),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(MorningSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var morning = await MorningRun.Play(stage, settings, stop);
        var report = new Report
        {
            Verb = "morning",
            Settings = settings.AsReported(),
            Arms = morning.Arms,
            Figures = morning.Figures,
            Failures = morning.Failures.Counts,
        };
        return await report.Publish(stage, settings.Json, (whole, path) => MorningPlot.Save(whole, morning.Recorder, path), stop);
    }
}
