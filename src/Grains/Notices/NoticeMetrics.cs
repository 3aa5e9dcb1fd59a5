using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Zvonok.Grains.Notices;

/// <summary>The notices' meter, <c>Zvonok.Notices</c>.</summary>
public sealed class NoticeMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Notices";

    // From the promise of a second to the wait for a receiver that is down.
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600] };

    private readonly Meter _meter;
    private readonly Counter<long> _tries;
    private readonly Counter<long> _dead;
    private readonly Histogram<double> _delay;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public NoticeMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _tries = _meter.CreateCounter<long>("zvonok.notices.tries", "{notice}", "Tries to send a notice, by channel and outcome");
        _dead = _meter.CreateCounter<long>("zvonok.notices.dead", "{notice}", "Notices given up");
        _delay = _meter.CreateHistogram("zvonok.notices.delay", "s", "From the record of a fact to the delivery of its notice", advice: Seconds);
    }

    internal void Tried(NoticeRow before, NoticeRow after, SendOutcome outcome)
    {
        _tries.Add(1, new("channel", Name(before.Notice!.Channel.Kind)), new("outcome", Name(outcome)));
        if (after.State == NoticeState.Dead) _dead.Add(1);
        if (after.State == NoticeState.Delivered) _delay.Record((after.At - before.Notice.RecordedAt).TotalSeconds);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
