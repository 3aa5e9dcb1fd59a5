using Microsoft.Extensions.Logging;
using Zvonok.Grains.Caretaking;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Cards;

/// <summary>Finishes the replacements that nobody drives any longer, and takes the fees that a purse could not pay at once (C4, M13).</summary>
internal sealed class ReplacementChore(CardReplacer replacer, ICardLog log, ReplacementMetrics metrics, IClock clock, ILogger<ReplacementChore> logger) : IChore
{
    private const int CountMax = 200;

    // Whoever began it may be at it: to help would do no harm, and be of no use.
    private static readonly Duration Patience = Duration.FromSeconds(5);

    // A purse that has too little now is looked at again when it may have been filled; and a payment that was used for something else at the same moment helps no more.
    private static readonly Duration UnpaidInterval = Duration.FromMinutes(1);

    private readonly Dictionary<OperationId, Instant> _unpaid = [];

    public async Task Do(CancellationToken stop)
    {
        var open = await log.ListReplacements(CountMax);
        var now = clock.GetCurrentInstant();
        metrics.Seen(open.Count, open.Oldest is [var oldest, ..] ? now - oldest.At : Duration.Zero);
        foreach (var operation in _unpaid.Keys.Except(open.Oldest.Select(replacement => replacement.Operation)).ToList()) _unpaid.Remove(operation);
        foreach (var replacement in open.Oldest.Where(replacement => replacement.At < now - Patience && _unpaid.GetValueOrDefault(replacement.Operation) <= now))
        {
            if (stop.IsCancellationRequested) return;
            await Finish(replacement, now);
        }
    }

    // One that cannot be finished now does not hold up the others.
    private async Task Finish(OpenReplacement replacement, Instant now)
    {
        try
        {
            if (await replacer.Finish(replacement) is { Refusal: AccountRefusal.InsufficientFunds }) _unpaid[replacement.Operation] = now + UnpaidInterval;
            else Log.Finished(logger, replacement.Account, replacement.Operation);
        }
        catch (Exception exception)
        {
            if (exception is OperationReusedException) _unpaid[replacement.Operation] = now + UnpaidInterval;
            Log.NotFinished(logger, replacement.Account, replacement.Operation, exception);
        }
    }
}
