using System.Diagnostics.Metrics;

namespace Zvonok.Grains.Notices;

/// <summary>The notices' meter, <c>Zvonok.Notices</c>.</summary>
public sealed class NoticeMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Notices";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _tries;
    private readonly Counter<long> _dead;
    private readonly Histogram<double> _delay;

    /// <summary>Makes the meter.</summary>
    public NoticeMetrics()
    {
        _tries = _meter.CreateCounter<long>("zvonok.notices.tries", "{notice}", "Tries to send a notice, by channel and outcome");
        _dead = _meter.CreateCounter<long>("zvonok.notices.dead", "{notice}", "Notices given up");
        _delay = _meter.CreateHistogram<double>("zvonok.notices.delay", "s", "From the record of a fact to the delivery of its notice");
    }

    internal void Tried(NoticeRow before, NoticeRow after, SendOutcome outcome)
    {
        _tries.Add(1, new("channel", before.Notice!.Channel.Kind.ToString()), new("outcome", outcome.ToString()));
        if (after.State == NoticeState.Dead) _dead.Add(1);
        if (after.State == NoticeState.Delivered) _delay.Record((after.At - before.Notice.RecordedAt).TotalSeconds);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
