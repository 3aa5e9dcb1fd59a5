using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// Tells buildings that a device is connected to no silo any longer, or is again (S4): once, whatever dies meanwhile, since each turn has its name. It judges nobody before it has itself
/// looked at the database for as long as a device may be silent: when the database, all silos or the clock were away, nobody could say that they live.
/// </summary>
internal sealed class SilentDeviceChore(IDeviceLinks links, GrainLookup grains, IClock clock, IOptions<ConnectionOptions> options, ILogger<SilentDeviceChore> logger) : IChore
{
    private const int CountMax = 200;

    private readonly Duration _patience = Duration.FromSeconds(options.Value.SilentSeconds);
    private Instant _looksSince;
    private Instant _lookedAt = Instant.MinValue;

    public async Task Do(CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var due = await links.ListTurns(now - _patience, CountMax);
        if (!HasLookedOn(now)) return;
        foreach (var turn in due)
        {
            if (stop.IsCancellationRequested) return;
            try
            {
                // A building that goes on from memory forgets it (O5): it is due until it is recorded.
                if ((await grains.Building(turn.Building).Note(turn.News)).IsUnrecorded) continue;
                await links.EndTurn(turn, now);
                Log.Turned(logger, turn.Device, turn.Building, turn.News.RecordedAs);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One building that cannot be told now does not hold up the others.
                Log.NotTold(logger, turn.Device, turn.Building, exception);
            }
        }
    }

    private bool HasLookedOn(Instant now)
    {
        if (now - _lookedAt > _patience / 2 || now < _lookedAt) _looksSince = now;
        _lookedAt = now;
        return now - _looksSince >= _patience;
    }
}

/// <summary>What devices' streams say; events 1800–1899.</summary>
internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Information, "Device {Device} of building {Building}: {Turn}")]
    public static partial void Turned(ILogger logger, DeviceId device, BuildingId building, PassageKind turn);

    [LoggerMessage(1801, LogLevel.Warning, "Building {Building} cannot be told what became of device {Device}; it is tried again in a moment")]
    public static partial void NotTold(ILogger logger, DeviceId device, BuildingId building, Exception exception);

    [LoggerMessage(1802, LogLevel.Information, "What became of {Count} devices' streams cannot be written now and is tried again in a moment: {Reason}")]
    public static partial void NotSaved(ILogger logger, int count, string reason);

    [LoggerMessage(1803, LogLevel.Warning, "Building {Building} cannot be evacuated now as gate {Gate} asks; it is tried again with its next heartbeat")]
    public static partial void NotEvacuated(ILogger logger, DeviceId gate, BuildingId building, Exception exception);

    [LoggerMessage(1804, LogLevel.Warning, "Building {Building} is evacuated: the fire input of gate {Gate} is on")]
    public static partial void Evacuated(ILogger logger, DeviceId gate, BuildingId building);

    [LoggerMessage(1806, LogLevel.Information, "Building {Building} does not answer its hub and is asked again in a few seconds: {Reason}")]
    public static partial void NotWatched(ILogger logger, BuildingId building, string reason);

    [LoggerMessage(1807, LogLevel.Information, "The lists of building {Building} do not answer; its devices hear of a changed card with the usual period: {Reason}")]
    public static partial void NotAnnounced(ILogger logger, BuildingId building, string reason);

    [LoggerMessage(1805, LogLevel.Error, "The hub's round failed and is tried again in a moment")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
