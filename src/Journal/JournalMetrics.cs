using System.Diagnostics.Metrics;

namespace Zvonok.Journal;

/// <summary>The journal's meter, <c>Zvonok.Journal</c>, and the same numbers for programs in this process.</summary>
public sealed class JournalMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Journal";

    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitSeconds;
    private long _batches;
    private long _appends;
    private long _fenced;

    /// <summary>Makes the meter.</summary>
    public JournalMetrics()
    {
        _batchSize = _meter.CreateHistogram<int>("zvonok.journal.batch.size", "{append}", "Appends of one transaction");
        _commitSeconds = _meter.CreateHistogram<double>("zvonok.journal.commit.duration", "s", "Time of one transaction");
        _meter.CreateObservableCounter("zvonok.journal.appends", () => Appends, "{append}", "Appends committed");
        _meter.CreateObservableCounter("zvonok.journal.fenced", () => Fenced, "{append}", "Appends of stale activations, shut out");
    }

    /// <summary>Transactions committed.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Appends committed.</summary>
    public long Appends => Interlocked.Read(ref _appends);

    /// <summary>Appends of stale activations, shut out.</summary>
    public long Fenced => Interlocked.Read(ref _fenced);

    internal void Committed(int count, TimeSpan took)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _appends, count);
        _batchSize.Record(count);
        _commitSeconds.Record(took.TotalSeconds);
    }

    internal void FencedOne() => Interlocked.Increment(ref _fenced);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
