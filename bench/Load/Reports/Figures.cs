using HdrHistogram;

namespace Zvonok.Load.Reports;

/// <summary>Processor time of an operation, in microseconds, by process.</summary>
internal sealed record CpuFigures(double Silo, double Database, double Client);

/// <summary>What one arm of a measurement came to.</summary>
internal sealed record ArmFigures
{
    public required double OpsPerS { get; init; }

    public double? P50Ms { get; init; }

    public double? P99Ms { get; init; }

    public double? P999Ms { get; init; }

    public double? MaxMs { get; init; }

    public CpuFigures? CpuUsPerOp { get; init; }

    public long Operations { get; init; }

    /// <summary>The arm's single rounds, in their order.</summary>
    public IReadOnlyList<ArmFigures>? Rounds { get; init; }

    /// <summary>Figures of latencies in microseconds.</summary>
    /// <param name="latencies">One for each call.</param>
    /// <param name="seconds">How long it took to gather them.</param>
    /// <param name="cpu">What an operation took; null when it was not measured.</param>
    /// <param name="operationsPerCall">What a call settles.</param>
    public static ArmFigures Of(HistogramBase latencies, double seconds, CpuFigures? cpu, int operationsPerCall = 1) => new()
    {
        OpsPerS = Math.Round(latencies.TotalCount * operationsPerCall / seconds, 1),
        P50Ms = Milliseconds(latencies, 50),
        P99Ms = Milliseconds(latencies, 99),
        P999Ms = Milliseconds(latencies, 99.9),
        MaxMs = Milliseconds(latencies, 100),
        CpuUsPerOp = cpu,
        Operations = latencies.TotalCount * operationsPerCall,
    };

    /// <summary>Figures of all rounds together, with each of them.</summary>
    /// <param name="rounds">The latencies of each.</param>
    /// <param name="seconds">How long each took.</param>
    /// <param name="cpu">What an operation took; null when it was not measured.</param>
    public static ArmFigures OfRounds(IReadOnlyList<HistogramBase> rounds, Func<HistogramBase, double> seconds, CpuFigures? cpu) =>
        Of(Histograms.Sum(rounds), rounds.Sum(seconds), cpu) with { Rounds = [.. rounds.Select(round => Of(round, seconds(round), cpu: null))] };

    private static double Milliseconds(HistogramBase latencies, double percentile) =>
        latencies.TotalCount == 0 ? 0 : Math.Round(latencies.GetValueAtPercentile(percentile) / 1_000.0, 3);
}

/// <summary>One arm's rate by another's, over the rounds of one run.</summary>
internal sealed record Ratio(double Median, double Min, double Max)
{
    public static Ratio Of(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Ratio(Math.Round(median, 3), Math.Round(sorted[0], 3), Math.Round(sorted[^1], 3));
    }
}
