using Microsoft.Extensions.Logging;

namespace Zvonok.Channels;

/// <summary>What the channels say; events 1300–1399. Never to whom or of whom.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Warning, "A notice could not be sent for a reason of our own; it is tried again")]
    public static partial void SendFailed(ILogger logger, Exception exception);

    [LoggerMessage(1301, LogLevel.Warning, "The alarm centre at address {Level} does not take an alarm: {Reason}")]
    public static partial void AlarmNotTaken(ILogger logger, int level, string reason);
}
