using Zvonok.Processes;

namespace Zvonok.Load.Morning;

/// <summary>One morning from the empty database to the audit.</summary>
internal sealed class MorningRun
{
    private const double Megabyte = 1024 * 1024;
    private readonly Dictionary<string, object?> _figures = [];
    private readonly Dictionary<string, ArmFigures> _arms = [];

    private MorningRun()
    {
    }

    public Failures Failures { get; } = new();

    public MorningRecorder Recorder { get; private set; } = null!;

    public IReadOnlyDictionary<string, ArmFigures> Arms => _arms;

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public static async Task<MorningRun> Play(Stage stage, MorningSettings settings, CancellationToken stop)
    {
        var run = new MorningRun();
        var city = City.Create(CityPlan.Moscow(settings.Pupils));
        var script = Script.Write(settings, city);
        var silo = await stage.Start(await stage.NewSilo("morning", settings.Store, stop), stop);
        await Town.Register(silo.Address, city, "Registering the city", sent: null, stop);
        await Town.FillPurses(silo.Address, [.. script.Buying.Select(city.PupilAt)], "Filling purses", stop);

        if (settings.Cold) silo = await run.Restart(stage, silo, stop);
        await using (var fleet = new Fleet(silo.Address, settings.Connections, city, new OperationIds(SystemClock.Instance, 1), run.Failures))
        {
            if (!settings.Cold) await Warm(fleet, script, stop);
            await stage.Settle(stop);
            await run.Measure(stage, silo, fleet, script, settings, stop);
        }

        await Audit.End(silo, run._figures, run.Failures, stop);
        await run.CompareWithFloor(stage, script, settings, stop);
        return run;
    }

    private async Task<SiloProcess> Restart(Stage stage, SiloProcess silo, CancellationToken stop)
    {
        await Audit.Stop(silo, Failures);
        return await stage.Start(silo.Settings, stop);
    }

    private static Task Warm(Fleet fleet, Script script, CancellationToken stop) => Terminal.Show(
        "Warming up", script.Tapping.Count() + script.Buying.Count(), done => WarmUp.Run(fleet.Do, script, done, stop));

    private async Task Measure(Stage stage, SiloProcess silo, Fleet fleet, Script script, MorningSettings settings, CancellationToken stop)
    {
        var checkpoint = await stage.LatestCheckpoint(stop);
        var cpu = new CpuMeter(silo.ProcessId, stage.Database?.ProcessId);
        Recorder = await OpenLoop.Show("Playing the morning", fleet.Do, script.Steps, settings.Seconds, Failures, stop);
        var elapsed = Recorder.Elapsed.TotalSeconds;
        var used = cpu.Stop();
        var memory = ProcessUsage.ResidentBytes(silo.ProcessId);

        _arms["all"] = ArmFigures.Of(Recorder.All, elapsed, used.Each(Recorder.All.TotalCount));
        _arms["taps"] = ArmFigures.Of(Recorder.Taps, elapsed, cpu: null);
        _arms["sales"] = ArmFigures.Of(Recorder.Sales, elapsed, cpu: null);
        _figures["longest_stall_ms"] = Math.Round(Recorder.LongestStall.TotalMilliseconds, 1);
        _figures["sent_late_p99_ms"] = Math.Round(Recorder.Lag.GetValueAtPercentile(99) / 1_000.0, 2);
        _figures["sent_late_max_ms"] = Math.Round(Recorder.Lag.GetValueAtPercentile(100) / 1_000.0, 2);
        _figures["silo_rss_mb"] = Math.Round(memory.Now / Megabyte);
        _figures["silo_rss_peak_mb"] = Math.Round(memory.Peak / Megabyte);
        _figures["checkpoint_in_window"] = await stage.LatestCheckpoint(stop) != checkpoint;
    }

    // Alone on the machine, after the silo has ended.
    private async Task CompareWithFloor(Stage stage, Script script, MorningSettings settings, CancellationToken stop)
    {
        var floor = await Floor.Measure(stage, script, settings, Failures, stop);
        _arms["noop"] = ArmFigures.Of(floor.All, floor.Elapsed.TotalSeconds, cpu: null);
        _figures["p99_to_noop"] = Math.Round((double)Recorder.All.GetValueAtPercentile(99) / floor.All.GetValueAtPercentile(99), 2);
        _figures["p999_to_noop"] = Math.Round((double)Recorder.All.GetValueAtPercentile(99.9) / floor.All.GetValueAtPercentile(99.9), 2);
    }
}
