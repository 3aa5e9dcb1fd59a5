using System.Diagnostics;
using HdrHistogram;
using Zvonok.Domain.Buildings;
using Zvonok.Terminals;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Load.Alone;

/// <summary>Gate, till and bare commits in turn, one decision after the other, each on the disk before it is answered.</summary>
internal sealed class TerminalsRun
{
    private const string GateArm = "gate decides", TillArm = "till sells", BareArm = "bare commit";
    private readonly Dictionary<string, List<HistogramBase>> _took = new() { [BareArm] = [], [GateArm] = [], [TillArm] = [] };

    public Failures Failures { get; } = new();

    public IReadOnlyDictionary<string, ArmFigures> Arms => _took.ToDictionary(arm => arm.Key, arm => ArmFigures.OfRounds(arm.Value, Seconds, cpu: null));

    public IReadOnlyDictionary<string, Ratio> Ratios => new Dictionary<string, Ratio>
    {
        ["p99.9 of a gate/bare commit"] = P999(GateArm),
        ["p99.9 of a till/bare commit"] = P999(TillArm),
    };

    public static async Task<TerminalsRun> Play(TerminalsSettings settings, CancellationToken stop)
    {
        // A terminal has one processor, which also writes its queue.
        if (OperatingSystem.IsLinux()) Process.GetCurrentProcess().ProcessorAffinity = 1;
        var run = new TerminalsRun();
        using LoneTerminal gateSetup = new(settings, DeviceKind.Gate), tillSetup = new(settings, DeviceKind.Till);
        using var bare = new BareCommits();
        await using var gate = GateTerminal.Start(gateSetup.Options);
        await using var till = TillTerminal.Start(tillSetup.Options);
        var (next, cake) = (0, new Till.V1.SaleLine { ProductCode = "CAKE", Category = Till.V1.ProductCategory.Buffet, Quantity = 1, UnitPriceKopecks = 1 });
        for (var round = 0; round <= settings.Rounds; round++)
        {
            await run.Turn(BareArm, round, settings, bare.Commit, stop);
            await run.Turn(GateArm, round, settings, Tap, stop);
            await run.Turn(TillArm, round, settings, Sell, stop);
        }

        return run;

        async Task Tap()
        {
            var decision = await gate.Tap(LoneTerminal.CardOf(next++ % settings.Cards), Direction.Toggle);
            if (decision is not { IsAdmitted: true, IsDurable: true, IsAlone: true }) run.Failures.Add($"tap: {decision.Outcome} {decision.Reason}");
        }

        async Task Sell()
        {
            var decision = await till.Sell(LoneTerminal.CardOf(next++ % settings.Cards), [cake]);
            if (decision is not { IsGranted: true, IsAlone: true }) run.Failures.Add($"sale: {decision.Outcome} {decision.Reason} {decision.NotNow}");
        }
    }

    // The first one of each is for code to be compiled, and not counted.
    private async Task Turn(string arm, int round, TerminalsSettings settings, Func<Task> decide, CancellationToken stop)
    {
        var took = Histograms.Create();
        await Setup.Terminal.Show(round == 0 ? $"{arm}, unmeasured" : $"Round {round}, {arm}", settings.Decisions, async done =>
        {
            for (var n = 0; n < settings.Decisions && !stop.IsCancellationRequested; n++)
            {
                var began = Stopwatch.GetTimestamp();
                await decide();
                took.RecordValue(Histograms.Microseconds(Stopwatch.GetElapsedTime(began)));
                done.Report(n);
            }
        });
        if (round > 0) _took[arm].Add(took);
    }

    private Ratio P999(string arm) => Ratio.Of([.. _took[arm].Zip(_took[BareArm], (one, bare) => (double)one.GetValueAtPercentile(99.9) / bare.GetValueAtPercentile(99.9))]);

    private static double Seconds(HistogramBase took) => took.GetMean() * took.TotalCount / 1_000_000;
}
