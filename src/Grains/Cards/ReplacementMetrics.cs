using System.Diagnostics.Metrics;

namespace Zvonok.Grains.Cards;

/// <summary>The meter <c>Zvonok.Cards</c>: replacements of which something is left to do, as the caretaker has seen them last; nothing on silos where it does not live.</summary>
public sealed class ReplacementMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Cards";

    private readonly Meter _meter;
    private long _open;
    private double _oldestSeconds;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public ReplacementMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("zvonok.cards.replacements.open", () => Volatile.Read(ref _open), "{replacement}", "Replacements of cards whose fee is not taken yet");
        _meter.CreateObservableGauge("zvonok.cards.replacements.oldest", () => Volatile.Read(ref _oldestSeconds), "s", "How long ago the oldest of them was made");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Seen(long open, Duration oldest)
    {
        Volatile.Write(ref _open, open);
        Volatile.Write(ref _oldestSeconds, oldest.TotalSeconds);
    }
}
