using System.Diagnostics.Metrics;

namespace Zvonok.Grains.Transfers;

/// <summary>The meter <c>Zvonok.Transfers</c>: what is on its way, as the caretaker has seen it last; nothing on silos where it does not live.</summary>
public sealed class TransferMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Transfers";

    private readonly Meter _meter;
    private long _open;
    private double _oldestSeconds;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public TransferMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("zvonok.transfers.open", () => Volatile.Read(ref _open), "{transfer}", "Transfers that have left one account and not arrived at the other");
        _meter.CreateObservableGauge("zvonok.transfers.oldest", () => Volatile.Read(ref _oldestSeconds), "s", "How long ago the oldest of them left");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Seen(long open, Duration oldest)
    {
        Volatile.Write(ref _open, open);
        Volatile.Write(ref _oldestSeconds, oldest.TotalSeconds);
    }
}
