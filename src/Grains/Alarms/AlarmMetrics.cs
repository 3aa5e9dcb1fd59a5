using System.Diagnostics.Metrics;

namespace Zvonok.Grains.Alarms;

/// <summary>The meter <c>Zvonok.Alarms</c>: alarms that nobody has acknowledged, as the caretaker has seen them last, and what became of those that were sent; nothing on silos where it does not live.</summary>
public sealed class AlarmMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Alarms";

    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private long _open;
    private double _oldestSeconds;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public AlarmMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("zvonok.alarms.open", () => Volatile.Read(ref _open), "{alarm}", "Alarms that nobody has acknowledged");
        _meter.CreateObservableGauge("zvonok.alarms.oldest", () => Volatile.Read(ref _oldestSeconds), "s", "How long ago the oldest of them was recorded");
        _sent = _meter.CreateCounter<long>("zvonok.alarms.sent", "{alarm}", "Alarms sent, by what became of them");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Seen(long open, Duration oldest)
    {
        Volatile.Write(ref _open, open);
        Volatile.Write(ref _oldestSeconds, oldest.TotalSeconds);
    }

    internal void Sent(AlarmReceipt receipt) => _sent.Add(1, new KeyValuePair<string, object?>("outcome", receipt switch
    {
        AlarmReceipt.Acknowledged => "acknowledged",
        AlarmReceipt.Received => "received",
        _ => "failed",
    }));
}
