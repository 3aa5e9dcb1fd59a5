using System.Globalization;
using Zvonok.Load.Morning;
using Zvonok.Processes;

namespace Zvonok.Load.Scale;

/// <summary>The arms take turns, each on a database of its own that is filled anew.</summary>
internal sealed class ScaleRun
{
    private readonly Dictionary<int, List<ArmFigures>> _rounds = [];
    private readonly Dictionary<int, List<ArmFigures>> _empty = [];

    private ScaleRun()
    {
    }

    public Failures Failures { get; } = new();

    /// <summary>By the number of silos; the rounds' medians, and the rounds.</summary>
    public IReadOnlyDictionary<string, ArmFigures> Arms => new Dictionary<string, ArmFigures>(
        _rounds.Select(arm => KeyValuePair.Create(NameOf(arm.Key), Middle(arm.Value)))
            .Concat(_empty.Select(arm => KeyValuePair.Create(EmptyNameOf(arm.Key), Middle(arm.Value)))));

    /// <summary>
    /// An operation's processor time in all silos, against one silo's in the same round; and the same of servers that do nothing, which
    /// tells how much of it is several processes taking turns on the machine's processors.
    /// </summary>
    public IReadOnlyDictionary<string, Ratio> Growth => new Dictionary<string, Ratio>(
        GrowthOf(_rounds, NameOf).Concat(GrowthOf(_empty, EmptyNameOf)));

    public static async Task<ScaleRun> Play(Stage stage, ScaleSettings settings, CancellationToken stop)
    {
        var run = new ScaleRun();
        for (var silos = 1; silos <= settings.SilosMax; silos++) (run._rounds[silos], run._empty[silos]) = ([], []);
        var city = City.Create(CityPlan.Moscow(settings.Pupils));
        var script = Script.Write(settings.Load, city);
        for (var round = 1; round <= settings.Rounds; round++)
            for (var silos = 1; silos <= settings.SilosMax; silos++)
            {
                run._rounds[silos].Add(await run.Turn(stage, settings, city, script, round, silos, stop));
                run._empty[silos].Add(await run.EmptyTurn(stage, settings, city, script, round, silos, stop));
            }

        return run;
    }

    private async Task<ArmFigures> Turn(Stage stage, ScaleSettings settings, City city, Script script, int round, int silos, CancellationToken stop)
    {
        var title = $"Round {round}, {NameOf(silos)}";
        var cluster = await stage.StartCluster(await stage.NewSilo($"scale_{round}_{silos}", Store.Postgres, stop), silos, stop);
        await Town.Register(cluster[0].Address, city, $"{title}: registering", sent: null, stop);
        await Town.FillPurses(cluster[0].Address, [.. script.Buying.Select(city.PupilAt)], $"{title}: filling purses", stop);
        // Purses were filled through one silo. A restart, and everybody lives where he is met first.
        await End(cluster);
        cluster = await stage.StartCluster(cluster[0].Settings, silos, stop);
        ArmFigures figures;
        await using (var fleet = new Fleet(
            [.. cluster.Select(silo => silo.Address)], settings.Connections, settings.Wiring, city, new OperationIds(SystemClock.Instance, 1), Failures))
        {
            await Terminal.Show($"{title}: warming up", script.Tapping.Count() + script.Buying.Count(), done => WarmUp.Run(fleet.Do, script, done, stop));
            figures = await AtTheRate(stage, settings, script, title, fleet.Do, [.. cluster.Select(silo => silo.ProcessId)], stop);
        }

        await End(cluster);
        var audit = await SiloProcess.RunVerb(cluster[0].Settings, ["audit"], stop);
        if (audit.ExitCode != 0) Failures.Add($"{title}: audit ended with {audit.ExitCode}");
        return figures;
    }

    private async Task<ArmFigures> EmptyTurn(Stage stage, ScaleSettings settings, City city, Script script, int round, int servers, CancellationToken stop)
    {
        var title = $"Round {round}, {EmptyNameOf(servers)}";
        var started = new List<RivalProcess>();
        try
        {
            for (var i = 0; i < servers; i++) started.Add(await RivalProcess.Start(connectionString: null, stage.TokenKey, stop));
            await using var fleet = new EmptyFleet([.. started.Select(server => server.Address)], settings.Connections, city, Failures);
            return await AtTheRate(stage, settings, script, title, fleet.Do, [.. started.Select(server => server.ProcessId)], stop);
        }
        finally
        {
            foreach (var server in started) await server.DisposeAsync();
        }
    }

    // A while unmeasured, then measured.
    private async Task<ArmFigures> AtTheRate(
        Stage stage, ScaleSettings settings, Script script, string title, Func<Step, Task> act, IReadOnlyList<int> servers, CancellationToken stop)
    {
        var (before, measured) = Cut(script, TimeSpan.FromSeconds(settings.WarmSeconds));
        await OpenLoop.Show($"{title}: at the rate", act, before, settings.WarmSeconds, Failures, stop);
        await stage.Settle(stop);
        var cpu = new CpuMeter(servers, stage.Database?.ProcessId);
        var recorder = await OpenLoop.Show($"{title}: measuring", act, measured, settings.Seconds, Failures, stop);
        return ArmFigures.Of(recorder.All, recorder.Elapsed.TotalSeconds, cpu.Stop().Each(recorder.All.TotalCount));
    }

    private static IEnumerable<KeyValuePair<string, Ratio>> GrowthOf(Dictionary<int, List<ArmFigures>> rounds, Func<int, string> name) =>
        rounds.Where(arm => arm.Key > 1).Select(arm => KeyValuePair.Create(
            $"cpu {name(arm.Key)}/{name(1)}",
            Ratio.Of([.. arm.Value.Zip(rounds[1], (many, one) => many.CpuUsPerOp!.Silo / one.CpuUsPerOp!.Silo)])));

    private static (Step[] Before, Step[] Measured) Cut(Script script, TimeSpan at) => (
        [.. script.Steps.TakeWhile(step => step.Start < at)],
        [.. script.Steps.SkipWhile(step => step.Start < at).Select(step => step with { Start = step.Start - at })]);

    private async Task End(SiloProcess[] cluster)
    {
        foreach (var silo in cluster)
            if (await silo.Stop() is not 0 and var status) Failures.Add($"a silo ended with {status}");
    }

    private static ArmFigures Middle(List<ArmFigures> rounds) =>
        rounds.OrderBy(round => round.CpuUsPerOp!.Silo).ElementAt(rounds.Count / 2) with { Rounds = rounds };

    private static string EmptyNameOf(int servers) => $"{servers.ToString(CultureInfo.InvariantCulture)} empty";

    private static string NameOf(int silos) => silos == 1 ? "1 silo" : $"{silos.ToString(CultureInfo.InvariantCulture)} silos";
}
