using Microsoft.Extensions.Logging;

namespace Zvonok.Grains.Notices;

/// <summary>What the notices say; events 1200–1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Warning, "Notices of partition {Partition} wait and go on from what is written down")]
    public static partial void NoticesWait(ILogger logger, int partition, Exception exception);

    [LoggerMessage(1201, LogLevel.Warning, "The publisher of notices starts over from what the partitions have written down")]
    public static partial void PublisherStartsOver(ILogger logger, Exception exception);
}
