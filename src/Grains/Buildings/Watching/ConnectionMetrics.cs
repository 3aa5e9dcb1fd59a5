using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>The meter <c>Zvonok.Connections</c>: devices' streams on this silo.</summary>
public sealed class ConnectionMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Zvonok.Connections";

    private static readonly string[] Reasons = [.. Enum.GetNames<StreamEnd>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly Meter _meter;
    private readonly Counter<long> _ended;

    /// <summary>Makes the meter.</summary>
    /// <param name="factory">The host's: it tells this host's meters from those of others in the same process.</param>
    public ConnectionMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _ended = _meter.CreateCounter<long>("zvonok.connections.ended", "{stream}", "Streams that the core has ended, by reason");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Observe(Func<int> streams, Func<int> buildings, Func<int> unsaved)
    {
        _meter.CreateObservableUpDownCounter("zvonok.connections.streams", streams, "{stream}", "Streams whose devices have said hello");
        _meter.CreateObservableUpDownCounter("zvonok.connections.buildings", buildings, "{building}", "Buildings with such streams");
        _meter.CreateObservableUpDownCounter("zvonok.connections.unsaved", unsaved, "{device}", "Devices that came or went and of which the database does not know yet");
    }

    internal void Ended(StreamEnd why) => _ended.Add(1, new KeyValuePair<string, object?>("reason", Reasons[(int)why]));
}
