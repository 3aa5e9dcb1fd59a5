using System.Diagnostics;
using HdrHistogram;

namespace Zvonok.Load.Morning;

/// <summary>Takes the latencies of an open loop, counted from the moment at which a step was meant to begin.</summary>
internal abstract class LoopRecorder<TStep>
    where TStep : IStep
{
    private readonly long _began;
    private long _lastAnswer;
    private long _longestStall;

    protected LoopRecorder(int seconds)
    {
        BySecond = [.. Enumerable.Range(0, seconds).Select(_ => Histograms.Create())];
        _began = _lastAnswer = Stopwatch.GetTimestamp();
    }

    /// <summary>How late the load tool itself sent.</summary>
    public HistogramBase Lag { get; } = Histograms.Create();

    /// <summary>By the second of the intended start.</summary>
    public HistogramBase[] BySecond { get; }

    /// <summary>All kinds together.</summary>
    public abstract HistogramBase All { get; }

    /// <summary>The longest time without any answer.</summary>
    public TimeSpan LongestStall => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _longestStall));

    /// <summary>Since the beginning.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public void Sent(TStep step) => Lag.RecordValue(Histograms.Microseconds(Elapsed - step.Start));

    public void Answered(TStep step)
    {
        var now = Stopwatch.GetTimestamp();
        var latency = Histograms.Microseconds(Stopwatch.GetElapsedTime(_began, now) - step.Start);
        Of(step).RecordValue(latency);
        BySecond[(int)step.Start.TotalSeconds].RecordValue(latency);
        Raise(now - Interlocked.Exchange(ref _lastAnswer, now));
    }

    /// <summary>The latencies of a step's kind.</summary>
    protected abstract HistogramBase Of(TStep step);

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
