using System.Diagnostics;
using HdrHistogram;

namespace Zvonok.Load.Compare;

/// <summary>One arm's turn.</summary>
internal sealed record Round(HistogramBase Latencies, int SalesPerCall, double Seconds, CpuSeconds Cpu)
{
    // Calls are under way on all connections before the clock starts.
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public ArmFigures Figures => FiguresOf(Latencies, SalesPerCall, Seconds, Cpu);

    /// <summary>Sells until every pupil has been met once: code compiled, grains active, caches filled.</summary>
    public static async Task WarmUp(IArm arm, int sales, IProgress<long> done, CancellationToken stop)
    {
        var recorder = new Recorder();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = arm.Run(recorder, enough.Token);
        while (recorder.Answers * arm.SalesPerCall < sales && !running.IsCompleted)
        {
            await Task.Delay(PollInterval, stop);
            done.Report(Math.Min(recorder.Answers * arm.SalesPerCall, sales));
        }

        await enough.CancelAsync();
        await running;
    }

    /// <summary>Sells for a while and measures.</summary>
    public static async Task<Round> Measure(IArm arm, int? databaseProcess, TimeSpan length, CancellationToken stop)
    {
        var recorder = new Recorder();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = arm.Run(recorder, enough.Token);
        await Task.Delay(LeadIn, stop);

        var cpu = new CpuMeter(arm.ServerProcessId, databaseProcess);
        var started = Stopwatch.GetTimestamp();
        recorder.Open();
        await Task.Delay(length, stop);
        recorder.Close();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var used = cpu.Stop();

        await enough.CancelAsync();
        await running;
        return new Round(recorder.Latencies, arm.SalesPerCall, seconds, used);
    }

    /// <summary>All rounds of an arm: the median rate, latencies over all of them, processor time over all of them.</summary>
    public static ArmFigures Together(IReadOnlyList<Round> rounds)
    {
        var latencies = Histograms.Sum(rounds.Select(round => round.Latencies));
        var cpu = rounds.Aggregate(default(CpuSeconds), (sum, round) => sum + round.Cpu);
        var single = rounds.Select(round => round.Figures).ToList();
        return FiguresOf(latencies, rounds[0].SalesPerCall, rounds.Sum(round => round.Seconds), cpu) with
        {
            OpsPerS = Ratio.Of([.. single.Select(figures => figures.OpsPerS)]).Median,
            Rounds = single,
        };
    }

    private static ArmFigures FiguresOf(HistogramBase latencies, int salesPerCall, double seconds, CpuSeconds cpu) =>
        ArmFigures.Of(latencies, seconds, cpu.Each(latencies.TotalCount * salesPerCall), salesPerCall);
}
