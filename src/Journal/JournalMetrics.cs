using System.Diagnostics.Metrics;

namespace Zvonok.Journal;

/// <summary>The journal's meter, <c>Zvonok.Journal</c>, and the same numbers for programs in this process.</summary>
public sealed class JournalMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Journal";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5],
    };

    private static readonly InstrumentAdvice<int> Sizes = new()
    {
        HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    };

    // A reader at the end is a tenth of a second behind, one that comes back after a day a day.
    private static readonly InstrumentAdvice<double> Ages = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 600, 3_600, 86_400],
    };

    private readonly Meter _meter;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<double> _lagSeconds;
    private readonly Counter<long> _factsRead;
    private readonly Histogram<double> _feedLag;
    private long _batches;
    private long _appends;
    private long _fenced;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public JournalMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _batchSize = _meter.CreateHistogram("zvonok.journal.batch.size", "{append}", "Appends of one transaction", advice: Sizes);
        _commitSeconds = _meter.CreateHistogram("zvonok.journal.commit.duration", "s", "Time of one transaction", advice: Seconds);
        _lagSeconds = _meter.CreateHistogram("zvonok.journal.commit.lag", "s", "From handing over a transaction's oldest append to its commit", advice: Seconds);
        _factsRead = _meter.CreateCounter<long>("zvonok.feed.facts", "{fact}", "Facts read by all readers of this silo");
        _feedLag = _meter.CreateHistogram("zvonok.feed.lag", "s", "Age of a page's last fact when it was read, from when the server recorded it", advice: Ages);
        _meter.CreateObservableCounter("zvonok.journal.appends", () => Appends, "{append}", "Appends committed");
        _meter.CreateObservableCounter("zvonok.journal.fenced", () => Fenced, "{append}", "Appends of stale activations, shut out");
    }

    /// <summary>Transactions committed.</summary>
    public long Batches => Interlocked.Read(ref _batches);

    /// <summary>Appends committed.</summary>
    public long Appends => Interlocked.Read(ref _appends);

    /// <summary>Appends of stale activations, shut out.</summary>
    public long Fenced => Interlocked.Read(ref _fenced);

    /// <summary>For whoever listens to this journal alone.</summary>
    internal Meter Meter => _meter;

    /// <param name="count">Appends of the transaction.</param>
    /// <param name="took">The transaction's own time.</param>
    /// <param name="lag">Time since its oldest append was handed over.</param>
    internal void Committed(int count, TimeSpan took, TimeSpan lag)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _appends, count);
        _batchSize.Record(count);
        _commitSeconds.Record(took.TotalSeconds);
        _lagSeconds.Record(lag.TotalSeconds);
    }

    internal void ObserveQueue(Func<int> length) =>
        _meter.CreateObservableUpDownCounter("zvonok.journal.queue.length", length, "{append}", "Appends that wait for the next transaction");

    internal void ObserveHealth(JournalHealth health) =>
        _meter.CreateObservableGauge("zvonok.journal.up", () => health.IsUp ? 1 : 0, unit: null, "1 while the database answers, else 0");

    internal void FeedRead(int facts, TimeSpan lag)
    {
        _factsRead.Add(facts);
        _feedLag.Record(lag.TotalSeconds);
    }

    internal void FencedOne() => Interlocked.Increment(ref _fenced);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
