using Zvonok.Api.Registry;
using Zvonok.Load.Compare;
using Zvonok.Load.Morning;
using Zvonok.Processes;
using Zvonok.Registry.V1;

namespace Zvonok.Load.Notices;

/// <summary>
/// Two measurements on one city: the design load in an open loop, with the way of each notice from the record of its fact to the sink; and the core's closed
/// loop with notices on and off in turn.
/// </summary>
internal sealed class NoticesRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Stage _stage;
    private readonly NoticesSettings _settings;
    private readonly City _city;
    private readonly Sink _sink;
    private readonly Dictionary<string, ArmFigures> _arms = [];
    private readonly Dictionary<string, object?> _figures = [];
    private readonly Dictionary<string, Ratio> _ratios = [];

    private NoticesRun(Stage stage, NoticesSettings settings, Sink sink)
    {
        (_stage, _settings, _sink) = (stage, settings, sink);
        _city = City.Create(CityPlan.Moscow(settings.Pupils));
    }

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, ArmFigures> Arms => _arms;

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public IReadOnlyDictionary<string, Ratio> Ratios => _ratios;

    public Sink.Window Window { get; private set; } = null!;

    public static async Task<NoticesRun> Play(Stage stage, NoticesSettings settings, CancellationToken stop)
    {
        await using var sink = await Sink.Start();
        var run = new NoticesRun(stage, settings, sink);
        var silo = await stage.Start((await stage.NewSilo("notices", settings.Store, stop)) with { Environment = sink.Settings(enabled: true) }, stop);
        await Town.Register(silo.Address, run._city, "Registering the city", sent: null, stop);
        await Town.FillPurses(silo.Address, [.. Enumerable.Range(0, settings.Pupils).Select(run._city.PupilAt)], "Filling purses", stop);
        await run.Subscribe(silo, stop);
        await run.OpenLoop(silo, stop);
        await run.OnAndOff(silo, stop);
        if (sink.Forged > 0) run.Failures.Add($"{sink.Forged} requests without a good signature");
        return run;
    }

    private async Task Subscribe(SiloProcess silo, CancellationToken stop)
    {
        using var channel = Connection.OpenPatient(silo.Address);
        var guardians = new Guardians(_city, _sink.Address, hasMail: false);
        var answer = await ImportCall.Send(new RegistryService.RegistryServiceClient(channel), guardians.Messages(), stop: stop);
        if (answer.AddedCount != guardians.Count) Failures.Add($"of {guardians.Count} subscriptions {answer.AddedCount} were added, the first bad one: {answer.BadRows.FirstOrDefault()}");
    }

    private async Task OpenLoop(SiloProcess silo, CancellationToken stop)
    {
        var morning = new MorningSettings
        {
            Store = _settings.Store, Pupils = _settings.Pupils, Rate = _settings.Rate, Seconds = _settings.Seconds, Connections = 64, Shape = Shape.Held, Cold = false, Json = null,
        };
        var script = Script.Write(morning, _city);
        await using var fleet = new Fleet(silo.Address, morning.Connections, _city, new OperationIds(SystemClock.Instance, 1), Failures);
        await Terminal.Show("Warming up", script.Tapping.Count() + script.Buying.Count(), done => WarmUp.Run(fleet.Do, script, done, stop));
        await _sink.Await(int.MaxValue, TimeSpan.FromSeconds(3), stop);
        await _stage.Settle(stop);

        var before = _sink.Distinct;
        var cpu = new CpuMeter(silo.ProcessId, _stage.Database?.ProcessId);
        Window = _sink.Open(_settings.Seconds);
        var recorder = await Morning.OpenLoop.Show("Playing the design load", fleet.Do, script.Steps, _settings.Seconds, Failures, stop);
        var (used, arrivedInTime, elapsed) = (cpu.Stop(), _sink.Distinct - before, recorder.Elapsed.TotalSeconds);
        var due = script.Steps.Sum(step => Guardians.IsToldTwice(step.Pupil) ? 2 : Guardians.IsToldOf(step.Pupil) ? 1 : 0);
        if (!await _sink.Await(before + due, Patience, stop)) Failures.Add($"of {due} notices {_sink.Distinct - before} arrived");

        _arms["taps and sales"] = ArmFigures.Of(recorder.All, elapsed, used.Each(recorder.All.TotalCount));
        _arms["notices"] = ArmFigures.Of(Window.All, _settings.Seconds, used.Each(Window.All.TotalCount));
        _figures["notices_due"] = due;
        _figures["notices_arrived"] = _sink.Distinct - before;
        _figures["notices_arrived_when_the_load_ended"] = arrivedInTime;
        _figures["repeats"] = _sink.Count - _sink.Distinct;
    }

    // The same silo's data in turn with notices and without; what was not told meanwhile waits, and is told beside the next round.
    private async Task OnAndOff(SiloProcess silo, CancellationToken stop)
    {
        var rounds = new Dictionary<string, List<Round>> { ["core, notices off"] = [], ["core, notices on"] = [] };
        var told = new List<double>();
        for (var i = 0; i < _settings.Rounds; i++)
            foreach (var (name, measured) in rounds)
            {
                var enabled = name.EndsWith("on", StringComparison.Ordinal);
                if (await silo.Stop() is not 0 and var status) Failures.Add($"the silo ended with {status}");
                silo = await _stage.Start(silo.Settings with { Environment = _sink.Settings(enabled) }, stop);
                await using var arm = new UnaryArm(name, silo.Address, silo.ProcessId, new ClientSettings(4, 64), _city, Failures);
                await Terminal.Show($"Warming up, {name}", _settings.Pupils, done => Round.WarmUp(arm, _settings.Pupils, done, stop));
                await _stage.Settle(stop);
                var before = _sink.Distinct;
                measured.Add(await Round.Measure(arm, _stage.Database?.ProcessId, TimeSpan.FromSeconds(_settings.RoundSeconds), stop));
                if (enabled) told.Add((_sink.Distinct - before) / measured[^1].Seconds);
            }

        foreach (var (name, measured) in rounds) _arms[name] = Round.Together(measured);
        _figures["notices_per_s_beside_the_core_at_full_speed"] = Math.Round(told.Average());
        _ratios["on/off"] = Ratio.Of([.. rounds["core, notices on"].Zip(rounds["core, notices off"], (on, off) => on.Figures.OpsPerS / off.Figures.OpsPerS)]);
    }
}
