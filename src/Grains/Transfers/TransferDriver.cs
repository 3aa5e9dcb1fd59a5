using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Transfers;

/// <summary>
/// Drives a transfer to another account from where it is to its end (M11): the other account takes the money or declines it, once and for ever, and
/// then it is ended or comes back. Each step is safe to repeat, so that any number of silos may drive one transfer, and whoever dies is replaced.
/// </summary>
public sealed class TransferDriver(GrainLookup grains, ITransferLog log, IJournalReader reader)
{
    /// <summary>Moves money from beginning to end: from an account to another, or from one of its purses to the other.</summary>
    /// <returns>The answer of the account that it left; <see cref="AccountRefusal.TransferDeclined"/> when it came back.</returns>
    public async Task<AccountAnswer> Transfer(AccountNumber from, Transfer transfer)
    {
        // An account is never unregistered: once it is known, there is somebody who takes the money or declines it.
        if (transfer.To != from && await grains.Account(transfer.To).Get() is null) return AccountAnswer.Refused(AccountRefusal.ReceiverUnknown, from);
        var left = await grains.Account(from).Transfer(transfer);
        if (left.Refusal != AccountRefusal.None || transfer.To == from) return left;
        return await Finish(new EntryKey(from, left.Seq)) ? left : AccountAnswer.Refused(AccountRefusal.TransferDeclined, from);
    }

    /// <summary>Drives on what left with that entry.</summary>
    /// <returns>True when the money has arrived, false when it came back.</returns>
    public async Task<bool> Finish(EntryKey left) => await log.Find(left) is { } open ? await Finish(open) : (await reader.ReadReversed(left.Account, left.Seq)).IsEmpty;

    /// <summary>Drives it on.</summary>
    /// <returns><inheritdoc cref="Finish(EntryKey)"/></returns>
    public async Task<bool> Finish(OpenTransfer transfer)
    {
        var answer = await grains.Account(transfer.To).Receive(transfer.Receipt());
        switch (answer.Refusal)
        {
            case AccountRefusal.None:
                await log.End(transfer.Left);
                return true;
            case AccountRefusal.TransferDeclined:
                await grains.Account(transfer.Left.Account).TakeBack(transfer.Return(answer.Seq));
                return false;
            default:
                throw new InvalidOperationException($"Account {transfer.To} should take or decline money of account {transfer.Left.Account}, and answers {answer.Refusal}.");
        }
    }
}
