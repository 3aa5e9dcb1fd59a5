using System.Diagnostics;
using Zvonok.Load.Morning;
using Zvonok.Processes;

namespace Zvonok.Load.Devices;

/// <summary>
/// A city's devices come all at once, rest, and work: each over a socket and a stream of its own, in turn with the same load over a few sockets. At the end a building is evacuated again and again beside it. Before all that the
/// same devices are at a server that does nothing: both at once are more sockets than a process may have.
/// </summary>
internal sealed class DevicesRun
{
    /// <summary>The arms' names.</summary>
    public const string Own = "taps, a socket each", Few = "taps, 64 sockets", Empty = "empty server, a socket each", Beside = "taps beside evacuations", Opening = "open, 40 gates", Connecting = "welcome";

    private const double Kilobyte = 1024;
    private readonly DevicesSettings _settings;
    private readonly Dictionary<string, ArmFigures> _arms = [];
    private readonly Dictionary<string, object?> _figures = [];
    private readonly Uncollected _uncollected = new();
    private readonly List<MorningRecorder> _own = [];
    private readonly List<MorningRecorder> _few = [];
    private readonly List<MorningRecorder> _empty = [];
    private CpuSeconds _usedByOwn;
    private CpuSeconds _usedByFew;
    private CpuSeconds _usedByEmpty;

    private DevicesRun(DevicesSettings settings) => _settings = settings;

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, ArmFigures> Arms => _arms;

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public IReadOnlyDictionary<string, Ratio> Ratios => new Dictionary<string, Ratio>
    {
        ["p99 of taps, a socket each/64 sockets"] = P99OfOwn(_few),
        ["p99 of taps, a socket each/empty server"] = P99OfOwn(_empty),
    };

    /// <summary>From the first attempt to connect to each welcome.</summary>
    public ConnectRecorder Connected { get; private set; } = null!;

    public static async Task<DevicesRun> Play(Stage stage, DevicesSettings settings, CancellationToken stop)
    {
        var run = new DevicesRun(settings);
        var city = NewDevice.CityWith(settings.Pupils, settings.Devices);
        var (hall, script) = (new Hall(city), Script.Write(settings.Load, city));
        var drills = new Drills(hall, run.Failures);
        var silo = await stage.Start(await stage.NewSilo("devices", settings.Store, stop), stop);
        await Town.Register(silo.Address, city, "Registering the city", sent: null, stop);
        await hall.Register(silo.Address, stop);
        await using (var few = new Fleet(silo.Address, DevicesSettings.FewSockets, city, new OperationIds(SystemClock.Instance, 1), run.Failures))
        {
            // So that what comes afterwards is the devices' own: cards, accounts and buildings are in memory, code is compiled.
            await Terminal.Show("Warming up", script.Tapping.Count(), done => WarmUp.Taps(few.Do, script, done, stop));
            await run.AtEmptyServer(stage, script, city, stop);
            await using var fleet = new DeviceFleet(silo.Address, run.Failures);
            await run.Connect(silo, fleet, [.. hall.Devices(drills.Hear), .. NewDevice.All(city)], stop);
            await run.Rest(silo, fleet, stop);
            var own = new StepPlayer(city, new OperationIds(SystemClock.Instance, 2), run.Failures, pupil => fleet.Gate(pupil.Gate), pupil => fleet.Till(pupil.School.Till));
            await run.Turns(stage, silo, script, own, few, stop);
            await run.Evacuate(stage, silo, script, own, drills, stop);
        }

        await Audit.End(silo, run._figures, run.Failures, stop);
        return run;
    }

    private async Task Connect(SiloProcess silo, DeviceFleet fleet, NewDevice[] devices, CancellationToken stop)
    {
        // What the load before has left behind is not the devices'.
        await Task.Delay(TimeSpan.FromSeconds(_settings.RestSeconds), stop);
        var memory = ProcessUsage.ResidentBytes(silo.ProcessId).Now;
        var cpu = new CpuMeter(silo.ProcessId, database: null);
        var began = Stopwatch.GetTimestamp();
        await Terminal.Show("Connecting", 1 + devices.Length / _settings.ConnectRate, async done => Connected = await fleet.Connect(devices, _settings.ConnectRate, done, stop));
        var elapsed = Stopwatch.GetElapsedTime(began).TotalSeconds;
        _arms[Connecting] = ArmFigures.Of(Connected.All, elapsed, cpu.Stop().Each(devices.Length));
        _figures["connected"] = fleet.Count;
        _figures["attempts_repeated"] = fleet.Repeats;
        _figures["all_welcome_after_s"] = Math.Round(elapsed, 2);
        await Task.Delay(TimeSpan.FromSeconds(_settings.RestSeconds), stop);
        _figures["silo_kb_a_connection"] = Math.Round((ProcessUsage.ResidentBytes(silo.ProcessId).Now - memory) / Kilobyte / devices.Length, 1);
    }

    private async Task Rest(SiloProcess silo, DeviceFleet fleet, CancellationToken stop)
    {
        var (beats, began, cpu) = (fleet.Beats, Stopwatch.GetTimestamp(), new CpuMeter(silo.ProcessId, database: null));
        await Terminal.Show("At rest", 1, _ => Task.Delay(TimeSpan.FromSeconds(_settings.RestSeconds), stop));
        var (elapsed, used) = (Stopwatch.GetElapsedTime(began).TotalSeconds, cpu.Stop());
        _figures["rest_heartbeats_per_s"] = Math.Round((fleet.Beats - beats) / elapsed);
        _figures["rest_silo_percent_of_a_processor"] = Math.Round(100 * used.Server / elapsed, 1);
        _figures["rest_silo_us_a_heartbeat"] = Math.Round(1_000_000 * used.Server / Math.Max(1, fleet.Beats - beats), 1);
    }

    private async Task AtEmptyServer(Stage stage, Script script, City city, CancellationToken stop)
    {
        await using var empty = await EmptyServer.Start(stage, city, _settings.ConnectRate, Failures, stop);
        await Turn(script, 0, "Empty server, unmeasured", empty.Do, stop);
        for (var round = 0; round < _settings.Rounds; round++) _usedByEmpty += await Measure(stage, empty.ProcessId, _empty, () => Turn(script, round + 1, $"Round {round + 1}, empty server", empty.Do, stop), stop);
        _arms[Empty] = Figure(_empty, _usedByEmpty);
    }

    private async Task Turns(Stage stage, SiloProcess silo, Script script, StepPlayer own, Fleet few, CancellationToken stop)
    {
        await Turn(script, 0, "A socket each, unmeasured", own.Do, stop);
        for (var round = 0; round < _settings.Rounds; round++)
        {
            _usedByOwn += await Measure(stage, silo.ProcessId, _own, () => Turn(script, 1 + 2 * round, $"Round {round + 1}, a socket each", own.Do, stop), stop);
            _usedByFew += await Measure(stage, silo.ProcessId, _few, () => Turn(script, 2 + 2 * round, $"Round {round + 1}, {DevicesSettings.FewSockets} sockets", few.Do, stop), stop);
        }

        _arms[Own] = Figure(_own, _usedByOwn);
        _arms[Few] = Figure(_few, _usedByFew);
        _figures["longest_stall_ms"] = Math.Round(_own.Max(turn => turn.LongestStall.TotalMilliseconds), 1);
        _figures["sent_late_p99_ms"] = Math.Round(_own.Max(turn => turn.Lag.GetValueAtPercentile(99)) / 1_000.0, 2);
        _figures["silo_rss_mb"] = Math.Round(ProcessUsage.ResidentBytes(silo.ProcessId).Now / Kilobyte / Kilobyte);
    }

    private static async Task<CpuSeconds> Measure(Stage stage, int server, List<MorningRecorder> turns, Func<Task<MorningRecorder>> turn, CancellationToken stop)
    {
        await stage.Settle(stop);
        var cpu = new CpuMeter(server, stage.Database?.ProcessId);
        turns.Add(await turn());
        return cpu.Stop();
    }

    private async Task Evacuate(Stage stage, SiloProcess silo, Script script, StepPlayer own, Drills drills, CancellationToken stop)
    {
        await stage.Settle(stop);
        using var channel = Connection.Open(silo.Address);
        var drilling = drills.Run(channel, _settings.Drills, TimeSpan.FromSeconds((double)_settings.Seconds / _settings.Drills / 2), stop);
        var beside = await Turn(script, _settings.Turns - 1, "A socket each, beside evacuations", own.Do, stop);
        await drilling;
        _arms[Beside] = Figure([beside], used: null);
        _figures["collections_of_the_tool"] = _uncollected.Collections;
        _arms[Opening] = ArmFigures.Of(drills.Opened, beside.Elapsed.TotalSeconds, cpu: null);
    }

    private Task<MorningRecorder> Turn(Script script, int turn, string title, Func<Step, Task> act, CancellationToken stop)
    {
        Step[] steps = [.. script.Turn(turn, TimeSpan.FromSeconds(_settings.Seconds)).Where(step => step.IsTap)];
        return _uncollected.Run(() => OpenLoop.Show(title, act, steps, _settings.Seconds, Failures, stop));
    }

    private Ratio P99OfOwn(List<MorningRecorder> over) => Ratio.Of([.. _own.Zip(over, (own, other) => (double)own.Taps.GetValueAtPercentile(99) / other.Taps.GetValueAtPercentile(99))]);

    private ArmFigures Figure(List<MorningRecorder> turns, CpuSeconds? used) =>
        ArmFigures.OfRounds([.. turns.Select(turn => turn.Taps)], _ => _settings.Seconds, used?.Each(turns.Sum(turn => turn.Taps.TotalCount)));
}
