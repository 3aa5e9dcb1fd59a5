using System.Diagnostics;
using HdrHistogram;

namespace Zvonok.Load.Compare;

/// <summary>Takes the latencies of one round of one arm, from any thread, while it is open.</summary>
internal sealed class Recorder
{
    private long _answers;
    private volatile bool _isOpen;

    /// <summary>In microseconds.</summary>
    public HistogramBase Latencies { get; } = Histograms.Create();

    /// <summary>All answers so far, whether it was open or not.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    public void Open() => _isOpen = true;

    public void Close() => _isOpen = false;

    /// <summary>An operation that started at that timestamp has its answer.</summary>
    public void Answered(long started)
    {
        Interlocked.Increment(ref _answers);
        if (_isOpen) Latencies.RecordValue(Histograms.Microseconds(Stopwatch.GetElapsedTime(started)));
    }
}
