using System.Diagnostics;
using HdrHistogram;
using Zvonok.Processes;

namespace Zvonok.Load.Compare;

/// <summary>One arm's turn.</summary>
internal sealed record Round(HistogramBase Latencies, double Seconds, double ServerCpu, double DatabaseCpu, double ClientCpu)
{
    // Calls are under way on all connections before the clock starts.
    private static readonly TimeSpan LeadIn = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public ArmFigures Figures => ArmFigures.Of(Latencies, Seconds, Cpu(Latencies.TotalCount, ServerCpu, DatabaseCpu, ClientCpu));

    /// <summary>Sells until every pupil has been met once: code compiled, grains active, caches filled.</summary>
    public static async Task WarmUp(IArm arm, int sales, IProgress<long> done, CancellationToken stop)
    {
        var recorder = new Recorder();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var running = arm.Run(recorder, enough.Token);
        while (recorder.Answers < sales && !running.IsCompleted)
        {
            await Task.Delay(PollInterval, stop);
            done.Report(Math.Min(recorder.Answers, sales));
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

        var before = Cpu(arm, databaseProcess);
        var started = Stopwatch.GetTimestamp();
        recorder.Open();
        await Task.Delay(length, stop);
        recorder.Close();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = Cpu(arm, databaseProcess);

        await enough.CancelAsync();
        await running;
        return new Round(recorder.Latencies, seconds, after.Server - before.Server, after.Database - before.Database, after.Client - before.Client);
    }

    /// <summary>All rounds of an arm: the median rate, latencies over all of them, processor time over all of them.</summary>
    public static ArmFigures Together(IReadOnlyList<Round> rounds)
    {
        var latencies = Histograms.Create();
        foreach (var round in rounds) latencies.Add(round.Latencies);
        var cpu = Cpu(latencies.TotalCount, rounds.Sum(r => r.ServerCpu), rounds.Sum(r => r.DatabaseCpu), rounds.Sum(r => r.ClientCpu));
        var single = rounds.Select(round => round.Figures).ToList();
        return ArmFigures.Of(latencies, rounds.Sum(r => r.Seconds), cpu) with
        {
            OpsPerS = Ratio.Of([.. single.Select(figures => figures.OpsPerS)]).Median,
            Rounds = single,
        };
    }

    private static (double Server, double Database, double Client) Cpu(IArm arm, int? database) => (
        ProcessUsage.CpuSeconds(arm.ServerProcessId),
        database is { } id ? ProcessUsage.CpuSecondsWithChildren(id) : 0,
        ProcessUsage.CpuSeconds(Environment.ProcessId));

    private static CpuFigures Cpu(long operations, double server, double database, double client)
    {
        double Each(double seconds) => operations == 0 ? 0 : Math.Round(seconds * 1_000_000 / operations, 2);
        return new CpuFigures(Each(server), Each(database), Each(client));
    }
}
