using HdrHistogram;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Hot;

/// <summary>
/// Everybody else's load runs from beginning to end; beside it, in turn, nobody, callers who buy from an account each, and as many who buy from one. At the
/// end more callers than may wait, without a rest.
/// </summary>
internal sealed class HotRun
{
    /// <summary>Alone, beside many accounts, beside one.</summary>
    public const int ArmsInTurn = 3;

    /// <summary>So many times the callers come at the end.</summary>
    public const int FloodFactor = 3;

    private const string Alone = "others alone";
    private const string BesideMany = "others beside many";
    private const string BesideOne = "others beside one";

    private readonly Dictionary<string, List<HistogramBase>> _others = new() { [Alone] = [], [BesideMany] = [], [BesideOne] = [] };
    private readonly Dictionary<string, ArmFigures> _struck = [];
    private readonly Dictionary<string, object?> _figures = [];
    private readonly List<Blows> _many = [];
    private readonly List<Blows> _one = [];
    private readonly HotSettings _settings;

    private HotRun(HotSettings settings) => _settings = settings;

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, object?> Figures => _figures;

    public IReadOnlyDictionary<string, ArmFigures> Arms => new Dictionary<string, ArmFigures>(
        _others.Select(arm => KeyValuePair.Create(arm.Key, Figure(arm.Value, _settings.Seconds * arm.Value.Count))).Concat(_struck));

    /// <summary>Everybody else's 99th percentile, round by round.</summary>
    public IReadOnlyDictionary<string, Ratio> Ratios => new Dictionary<string, Ratio>
    {
        ["p99 others beside one/many"] = P99(BesideOne, BesideMany),
        ["p99 others beside one/alone"] = P99(BesideOne, Alone),
    };

    public static async Task<HotRun> Play(Stage stage, HotSettings settings, CancellationToken stop)
    {
        var run = new HotRun(settings);
        var city = City.Create(CityPlan.Moscow(settings.Pupils));
        var script = Script.Write(settings.Load, city);
        var buyers = Idle(script, city, settings.Callers);
        var silo = await stage.Start(await stage.NewSilo("hot", settings.Store, stop), stop);
        await Town.Register(silo.Address, city, "Registering the city", sent: null, stop);
        await Town.FillPurses(silo.Address, [.. script.Buying.Select(city.PupilAt), .. buyers], "Filling purses", stop);
        await using (var fleet = new Fleet(silo.Address, settings.Load.Connections, city, new OperationIds(SystemClock.Instance, 1), run.Failures))
        {
            await Terminal.Show("Warming up", script.Tapping.Count() + script.Buying.Count(), done => WarmUp.Run(fleet.Do, script, done, stop));
            await stage.Settle(stop);
            await run.Rounds(fleet, script, silo.Address, buyers, stop);
            await run.Flood(silo.Address, buyers[0], stop);
        }

        await Audit.End(silo, run._figures, run.Failures, stop);
        return run;
    }

    // Those who neither tap nor buy in the script.
    private static Pupil[] Idle(Script script, City city, int count)
    {
        var busy = script.Tapping.Concat(script.Buying).ToHashSet();
        Pupil[] idle = [.. Enumerable.Range(0, city.Plan.Pupils).Where(pupil => !busy.Contains(pupil)).Take(count).Select(city.PupilAt)];
        return idle.Length == count ? idle : throw new InvalidOperationException($"Of {city.Plan.Pupils} pupils only {idle.Length} are left for {count} callers: take more --pupils.");
    }

    private async Task Rounds(Fleet fleet, Script script, Uri address, Pupil[] buyers, CancellationToken stop)
    {
        using var many = new Hammer(address, buyers, Failures);
        using var one = new Hammer(address, buyers[..1], Failures);
        await Turn(fleet, script, 0, "Both at once, unmeasured", [many, one], [], stop);
        for (var round = 0; round < _settings.Rounds; round++)
        {
            var turn = 1 + round * ArmsInTurn;
            _others[Alone].Add(await Turn(fleet, script, turn, $"Round {round + 1}, {Alone}", [], [], stop));
            _others[BesideMany].Add(await Turn(fleet, script, turn + 1, $"Round {round + 1}, {BesideMany}", [many], _many, stop));
            _others[BesideOne].Add(await Turn(fleet, script, turn + 2, $"Round {round + 1}, {BesideOne}", [one], _one, stop));
        }

        Struck("many accounts", _many, blows => blows.Sold);
        Struck("one account", _one, blows => blows.Sold);
    }

    /// <summary>Everybody else's latencies in one turn.</summary>
    private async Task<HistogramBase> Turn(Fleet fleet, Script script, int turn, string title, Hammer[] hammers, List<Blows> told, CancellationToken stop)
    {
        var steps = script.Turn(turn, TimeSpan.FromSeconds(_settings.Seconds));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var strikes = hammers.Select(hammer => hammer.Strike(_settings.Callers, _settings.Pause, over.Token)).ToList();
        var recorder = await OpenLoop.Show(title, fleet.Do, steps, _settings.Seconds, Failures, stop);
        await over.CancelAsync();
        told.AddRange(await Task.WhenAll(strikes));
        return recorder.All;
    }

    // More than may wait for one account: those beyond are turned away, and the account sells on.
    private async Task Flood(Uri address, Pupil buyer, CancellationToken stop)
    {
        using var one = new Hammer(address, [buyer], Failures);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        over.CancelAfter(TimeSpan.FromSeconds(_settings.Seconds));
        Blows? blows = null;
        await Terminal.Show("Flood", 1, async _ => blows = await one.Strike(_settings.Callers * FloodFactor, TimeSpan.Zero, over.Token));
        Struck("flood, sold", [blows!], told => told.Sold);
        Struck("flood, turned away", [blows!], told => told.TurnedAway);
        if (blows!.TurnedAway.TotalCount == 0) Failures.Add("flood: nobody was turned away");
    }

    private void Struck(string name, List<Blows> blows, Func<Blows, HistogramBase> told) =>
        _struck[name] = Figure([.. blows.Select(told)], blows.Sum(each => each.Elapsed.TotalSeconds));

    private Ratio P99(string arm, string against) => Ratio.Of([.. _others[arm].Zip(
        _others[against], (one, other) => (double)one.GetValueAtPercentile(99) / other.GetValueAtPercentile(99))]);

    private static ArmFigures Figure(IReadOnlyList<HistogramBase> rounds, double seconds) => ArmFigures.Of(Histograms.Sum(rounds), seconds, cpu: null);
}
