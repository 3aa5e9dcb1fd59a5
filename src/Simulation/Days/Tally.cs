using HdrHistogram;

namespace Zvonok.Simulation.Days;

/// <summary>What became of operations of one kind, and how long each took. Safe for any number of threads.</summary>
public sealed class Tally
{
    private const long MicrosecondsMax = 60_000_000;
    private readonly Lock _lock = new();
    private readonly LongHistogram _microseconds = new(MicrosecondsMax, 3);
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private long _granted;
    private long _failed;

    /// <summary>An operation was granted.</summary>
    public void Granted(TimeSpan took)
    {
        lock (_lock)
        {
            _granted++;
            Keep(took);
        }
    }

    /// <summary>An operation was refused. True when the reason had not come up before.</summary>
    public bool Refused(string reason, TimeSpan took)
    {
        lock (_lock)
        {
            Keep(took);
            var before = _refused.GetValueOrDefault(reason);
            _refused[reason] = before + 1;
            return before == 0;
        }
    }

    /// <summary>An operation has no answer.</summary>
    public void Failed()
    {
        lock (_lock) _failed++;
    }

    /// <summary>The figures as of now.</summary>
    public TallyFigures Read()
    {
        lock (_lock)
        {
            return new TallyFigures(
                _granted,
                new SortedDictionary<string, long>(_refused, StringComparer.Ordinal),
                _failed,
                Percentile(50),
                Percentile(99),
                Percentile(100));
        }
    }

    private void Keep(TimeSpan took) => _microseconds.RecordValue(Math.Clamp((long)took.TotalMicroseconds, 1, MicrosecondsMax));

    private TimeSpan Percentile(double percent) =>
        _microseconds.TotalCount == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_microseconds.GetValueAtPercentile(percent));
}

/// <summary>Figures of a <see cref="Tally"/>.</summary>
/// <param name="Granted">How many were granted.</param>
/// <param name="RefusedFor">How many were refused, by reason.</param>
/// <param name="Failed">How many have no answer.</param>
/// <param name="Median">Half of the answers took no longer; zero without any answer.</param>
/// <param name="Percentile99">99 in 100 answers took no longer.</param>
/// <param name="Longest">No answer took longer.</param>
public sealed record TallyFigures(
    long Granted, IReadOnlyDictionary<string, long> RefusedFor, long Failed, TimeSpan Median, TimeSpan Percentile99, TimeSpan Longest)
{
    /// <summary>How many were refused.</summary>
    public long Refused => RefusedFor.Values.Sum();

    /// <summary>How many were sent.</summary>
    public long Sent => Granted + Refused + Failed;
}
