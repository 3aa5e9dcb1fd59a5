using HdrHistogram;

namespace Zvonok.Load.Reports;

/// <summary>Histograms of latencies in microseconds, up to a minute, to three digits.</summary>
internal static class Histograms
{
    private const long Max = 60_000_000;

    /// <summary>One that any thread may write to.</summary>
    public static HistogramBase Create() =>
        HistogramFactory.With64BitBucketSize().WithValuesUpTo(Max).WithPrecisionOf(3).WithThreadSafeWrites().Create();

    /// <summary>All of them together.</summary>
    public static HistogramBase Sum(params IEnumerable<HistogramBase> parts)
    {
        var sum = Create();
        foreach (var part in parts) sum.Add(part);
        return sum;
    }

    /// <summary>A time as it is recorded.</summary>
    public static long Microseconds(TimeSpan time) => Math.Clamp((long)time.TotalMicroseconds, 1, Max);
}
