using System.CommandLine;

namespace Zvonok.Load.Uploads;

/// <summary><c>uploads</c>: a city's devices come back after half an hour without a connection.</summary>
internal static class UploadsVerb
{
    public static Command Create()
    {
        var store = Options.Store();
        var pupils = Options.Count("--pupils", "Pupils of the city; three facts for four of them are uploaded.", 1_000_000);
        var devices = Options.Count("--devices", "Devices of the city, at least.", 14_700);
        var connectRate = Options.Count("--connect-rate", "Devices that begin to connect in a second.", 3_000);
        var live = Options.Count("--live", "Live taps a second.", 700);
        var seconds = Options.Count("--seconds", "How long a turn of live taps is.", 20);
        var rounds = Options.Count("--rounds", "Turns of live taps with nobody connected, and as many with all connected and nothing to upload.", 3);
        var json = Options.Json();
        var command = new Command("uploads", "Let a city's devices come back after an outage and upload as the core tells them, beside live taps; then upload without a pace; and audit the data.")
        {
            store, pupils, devices, connectRate, live, seconds, rounds, json,
        };
        command.SetAction((parsed, stop) => Run(
            new UploadsSettings
            {
                Store = parsed.GetValue(store),
                Pupils = parsed.GetValue(pupils),
                Devices = parsed.GetValue(devices),
                ConnectRate = parsed.GetValue(connectRate),
                LiveRate = parsed.GetValue(live),
                Seconds = parsed.GetValue(seconds),
                Rounds = parsed.GetValue(rounds),
                Json = parsed.GetValue(json),
            },
            stop));
        return command;
    }

    private static async Task<int> Run(UploadsSettings settings, CancellationToken stop)
    {
        await using var stage = new Stage();
        var run = await UploadsRun.Play(stage, settings, stop);
        var report = new Report { Verb = "uploads", Settings = settings.AsReported(), Arms = run.Arms, Ratios = run.Ratios, Figures = run.Figures, Failures = run.Failures.Counts };
        return await report.Publish(stage, settings.Json, (whole, path) => UploadsPlot.Save(whole, run, path), stop);
    }
}
