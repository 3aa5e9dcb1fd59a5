using Microsoft.Extensions.Logging;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Transfers;

/// <summary>Finishes the transfers that nobody drives any longer: their silo died, or the other account did not answer in time (M11).</summary>
internal sealed class TransferChore(TransferDriver driver, ITransferLog log, TransferMetrics metrics, IClock clock, ILogger<TransferChore> logger) : IChore
{
    private const int CountMax = 200;

    // Whoever began it may be driving it: to help would do no harm, and be of no use.
    private static readonly Duration Patience = Duration.FromSeconds(5);

    public async Task Do(CancellationToken stop)
    {
        var open = await log.List(CountMax);
        var now = clock.GetCurrentInstant();
        metrics.Seen(open.Count, open.Oldest is [var oldest, ..] ? now - oldest.LeftAt : Duration.Zero);
        foreach (var transfer in open.Oldest.Where(transfer => transfer.LeftAt < now - Patience))
        {
            if (stop.IsCancellationRequested) return;
            try
            {
                await driver.Finish(transfer);
                Log.Finished(logger, transfer.Left.Account, transfer.Left.Seq);
            }
            catch (Exception exception)
            {
                // One that cannot be finished now does not hold up the others.
                Log.NotFinished(logger, transfer.Left.Account, transfer.Left.Seq, exception);
            }
        }
    }
}

/// <summary>What transfers say; events 1300–1399.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Information, "The transfer of account {Account}, entry {Seq}, was left half done and is finished now")]
    public static partial void Finished(ILogger logger, AccountNumber account, long seq);

    [LoggerMessage(1301, LogLevel.Warning, "The transfer of account {Account}, entry {Seq}, cannot be finished now and is tried again in a moment")]
    public static partial void NotFinished(ILogger logger, AccountNumber account, long seq, Exception exception);
}
