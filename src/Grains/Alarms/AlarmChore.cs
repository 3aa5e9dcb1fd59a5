using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Zvonok.Domain.Alarms;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Alarms;

/// <summary>
/// Raises alarms from what was committed and sends them until somebody acknowledges them (S4). No tap waits for it. It may be broken off anywhere: an alarm is raised once, and sent again when it is
/// not known that it was.
/// </summary>
internal sealed class AlarmChore(IAlarmLog log, IAlarmSender sender, IOptions<AlarmOptions> options, AlarmMetrics metrics, IClock clock, ILogger<AlarmChore> logger) : IChore
{
    // With a time limit on each, a centre that hangs holds up the others for seconds only.
    private const int SentAtOnce = 32;

    private readonly AlarmOptions _options = options.Value;

    public async Task Do(CancellationToken stop)
    {
        if (await log.Raise() is var raised and > 0) Log.Raised(logger, raised);
        var open = await log.CountOpen();
        metrics.Seen(open.Count, open.Oldest is { } oldest ? clock.GetCurrentInstant() - oldest : Duration.Zero);
        if (_options.Urls.Count == 0) return;
        var due = await log.ReadDue(clock.GetCurrentInstant(), SentAtOnce);
        await Task.WhenAll(due.Select(alarm => Send(alarm, stop)));
    }

    private async Task Send(Alarm alarm, CancellationToken stop)
    {
        var level = AlarmRules.LevelOf(alarm, clock.GetCurrentInstant(), Duration.FromSeconds(_options.EscalateSeconds), _options.Urls.Count);
        var receipt = await sender.Send(alarm, level, stop);
        metrics.Sent(receipt);
        var now = clock.GetCurrentInstant();
        if (receipt == AlarmReceipt.Acknowledged)
        {
            await log.Acknowledge(alarm.Building, alarm.Seq, new Acknowledgement(now, null, ""));
            return;
        }

        var isReceived = receipt == AlarmReceipt.Received;
        if (!isReceived) Log.NotTaken(logger, alarm.Building, alarm.Seq, level);
        await log.Sent(alarm, isReceived ? now : null, now + Duration.FromSeconds(isReceived ? _options.RepeatSeconds : _options.RetrySeconds));
    }
}

/// <summary>What alarms say; events 1700–1799.</summary>
internal static partial class Log
{
    [LoggerMessage(1700, LogLevel.Warning, "{Count} alarms were raised")]
    public static partial void Raised(ILogger logger, int count);

    [LoggerMessage(1701, LogLevel.Warning, "The alarm {Building}/{Seq} was not taken at address {Level}, and is sent again in a moment")]
    public static partial void NotTaken(ILogger logger, BuildingId building, long seq, int level);
}
