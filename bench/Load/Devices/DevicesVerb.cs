using System.CommandLine;

namespace Zvonok.Load.Devices;

/// <summary><c>devices</c>: a city's devices, each with a connection of its own.</summary>
internal static class DevicesVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city.", 1_000_000);
        var devices = Options.Count("--devices", "Devices of the city, at least.", 14_700);
        var connectRate = Options.Count("--connect-rate", "Devices that begin to connect in a second.", 3_000);
        var rest = Options.Count("--rest", "Seconds without a tap.", 30);
        var rate = Options.Count("--rate", "Taps a second.", CityDay.TapsInBusiestSecond);
        var seconds = Options.Count("--seconds", "How long a turn is.", 20);
        var rounds = Options.Count("--rounds", "Turns with a socket for each device, and as many with a few for all.", 3);
        var drills = Options.Count("--drills", "Evacuations while the load runs.", 10);
        var json = Options.Json();
        var command = new Command("devices", "Connect a city's devices at once, let them rest, tap over them in an open loop, and evacuate a building beside it.")
        {
            store, pupils, devices, connectRate, rest, rate, seconds, rounds, drills, json,
        };
        command.SetAction((parsed, stop) => Run(
            new DevicesSettings
            {
                Store = parsed.GetValue(store),
                Pupils = parsed.GetValue(pupils),
                Devices = parsed.GetValue(devices),
                ConnectRate = parsed.GetValue(connectRate),
                RestSeconds = parsed.GetValue(rest),
                Rate = parsed.GetValue(rate),
                Seconds = parsed.GetValue(seconds),
                Rounds = parsed.GetValue(rounds),
                Drills = parsed.GetValue(drills),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(DevicesSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await DevicesRun.Play(stage, settings, stop);
        var report = new Report { Verb = "devices", Settings = settings.AsReported(), Arms = run.Arms, Ratios = run.Ratios, Figures = run.Figures, Failures = run.Failures.Counts };
        return await report.Publish(stage, settings.Json, (whole, path) => DevicesPlot.Save(whole, run.Connected, path), stop);
    }
}
