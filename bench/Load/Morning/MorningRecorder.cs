using System.Diagnostics;
using HdrHistogram;

namespace Zvonok.Load.Morning;

/// <summary>Takes the latencies of an open loop, counted from the moment at which a step was meant to begin.</summary>
internal sealed class MorningRecorder
{
    private readonly long _began;
    private long _lastAnswer;
    private long _longestStall;

    public MorningRecorder(int seconds)
    {
        BySecond = [.. Enumerable.Range(0, seconds).Select(_ => Histograms.Create())];
        _began = _lastAnswer = Stopwatch.GetTimestamp();
    }

    public HistogramBase Taps { get; } = Histograms.Create();

    public HistogramBase Sales { get; } = Histograms.Create();

    /// <summary>How late the load tool itself sent.</summary>
    public HistogramBase Lag { get; } = Histograms.Create();

    /// <summary>By the second of the intended start.</summary>
    public HistogramBase[] BySecond { get; }

    /// <summary>Both kinds together.</summary>
    public HistogramBase All
    {
        get
        {
            var all = Histograms.Create();
            all.Add(Taps);
            all.Add(Sales);
            return all;
        }
    }

    /// <summary>The longest time without any answer.</summary>
    public TimeSpan LongestStall => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longestStall));

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public void Sent(Step step) => Lag.RecordValue(Histograms.Microseconds(Elapsed - step.Start));

    public void Answered(Step step)
    {
        var now = Stopwatch.GetTimestamp();
        var latency = Histograms.Microseconds(Stopwatch.GetElapsedTime(_began, now) - step.Start);
        (step.IsTap ? Taps : Sales).RecordValue(latency);
        BySecond[(int)step.Start.TotalSeconds].RecordValue(latency);
        Raise(now - Interlocked.Exchange(ref _lastAnswer, now));
    }

    private void Raise(long stall)
    {
        var seen = Interlocked.Read(ref _longestStall);
        while (stall > seen)
        {
            var before = Interlocked.CompareExchange(ref _longestStall, stall, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
