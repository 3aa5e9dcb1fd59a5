using Microsoft.Extensions.Logging;

namespace Zvonok.Grains.Cards;

/// <summary>
/// Puts a card in the place of another (C4). Both become what they shall be in one transaction, which also says that there is something left to do: both cards are read again wherever
/// they live, and the fee is taken (M13). Each of that is safe to repeat: by the client, which has no answer before, and by the caretaker.
/// </summary>
public sealed class CardReplacer(GrainLookup grains, ICardLog log, ILogger<CardReplacer> logger)
{
    /// <summary>Replaces a card, from beginning to end.</summary>
    public async Task<ReplacementAnswer> Replace(CardReplacement command)
    {
        var answer = await grains.Card(command.Token).Change(command);
        if (answer.Refusal == CardCommandRefusal.None) return new ReplacementAnswer(answer, await Finish(OpenReplacement.Of(command, answer)));
        // It may have shown a clone of the other card.
        await grains.Card(command.Successor).Reload();
        return new ReplacementAnswer(answer, null);
    }

    /// <summary>Does what is left to do.</summary>
    /// <returns>The account's answer about the fee; null when nothing is due.</returns>
    public async Task<AccountAnswer?> Finish(OpenReplacement replacement)
    {
        await Task.WhenAll(grains.Card(replacement.Card).Reload(), grains.Card(replacement.Successor).Reload());
        AccountAnswer? paid = replacement.Charge() is { } fee ? await grains.Account(replacement.Account).Charge(fee) : null;
        // There was enough when the card was replaced; the purse was quicker, and will be filled again.
        if (paid is { Refusal: AccountRefusal.InsufficientFunds }) return paid;
        if (paid is { Refusal: not AccountRefusal.None } refused) Log.FeeNotTaken(logger, replacement.Account, replacement.Operation, refused.Refusal);
        await log.EndReplacement(replacement.Operation);
        return paid;
    }
}

/// <summary>The answer to a replacement.</summary>
/// <param name="Card">The cards'.</param>
/// <param name="Fee">The account's about the fee; null when nothing is due, or nothing was replaced.</param>
public sealed record ReplacementAnswer(CardAnswer Card, AccountAnswer? Fee);

/// <summary>What cards say; events 1700–1799.</summary>
internal static partial class Log
{
    [LoggerMessage(1700, LogLevel.Information, "Replacement {Operation} of a card of account {Account} was left half done and is finished now")]
    public static partial void Finished(ILogger logger, AccountNumber account, OperationId operation);

    [LoggerMessage(1701, LogLevel.Warning, "Replacement {Operation} of a card of account {Account} cannot be finished now and is tried again in a moment")]
    public static partial void NotFinished(ILogger logger, AccountNumber account, OperationId operation, Exception exception);

    [LoggerMessage(1703, LogLevel.Information, "Building {Building} cannot be told that a card has changed; its devices hear of it with their next list: {Reason}")]
    public static partial void NotTold(ILogger logger, BuildingId building, string reason);

    [LoggerMessage(1702, LogLevel.Warning, "The fee for replacement {Operation} of a card of account {Account} is not taken any more: {Refusal}")]
    public static partial void FeeNotTaken(ILogger logger, AccountNumber account, OperationId operation, AccountRefusal refusal);
}
