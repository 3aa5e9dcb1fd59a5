using Microsoft.Extensions.Logging;

namespace Zvonok.Channels;

/// <summary>What the channels say; events 1300–1399. Never to whom or of whom.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Warning, "A notice could not be sent for a reason of our own; it is tried again")]
    public static partial void SendFailed(ILogger logger, Exception exception);
}
