using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

// Money between accounts and purses (M11).
internal sealed partial class NaiveAccount
{
    public NaiveAnswer Do(Transfer transfer, Instant now)
    {
        if (_isClosed) return Refuse(transfer, AccountClosed);
        var amount = transfer.Amount?.Kopecks ?? Balance(transfer.From);
        if (amount <= 0 || amount > Balance(transfer.From)) return Refuse(transfer, InsufficientFunds);
        var leaves = New(transfer, now, EntryKind.TransferOut) with { Purse = transfer.From, Amount = -amount, Contra = ContraAccount.Transit, Counterpart = new EntryKey(transfer.To, 0) };
        if (transfer.To != number) return Grant(leaves);
        if (Balance(transfer.ToPurse) + amount > Brim) return Refuse(transfer, PurseFull);
        return Grant(
            leaves with { Counterpart = new EntryKey(number, _facts.Count + 2) },
            New(transfer, now, EntryKind.TransferIn) with { Purse = transfer.ToPurse, Amount = amount, Contra = ContraAccount.Transit, Counterpart = new EntryKey(number, _facts.Count + 1) });
    }

    public NaiveAnswer Do(TransferReceipt receipt, Instant now)
    {
        var isDeclined = _isClosed || Balance(receipt.Purse) + receipt.Amount.Kopecks > Brim;
        var fact = New(receipt, now, isDeclined ? EntryKind.TransferDeclined : EntryKind.TransferIn) with { Purse = receipt.Purse, Counterpart = receipt.From };
        return Grant(isDeclined ? fact : fact with { Amount = receipt.Amount.Kopecks, Contra = ContraAccount.Transit });
    }

    public NaiveAnswer Do(TransferReturn back, Instant now)
    {
        var left = _facts[(int)back.LeftWith - 1];
        return Grant(New(back, now, EntryKind.TransferReturn) with
        {
            Purse = left.Purse, Amount = -left.Amount, Contra = ContraAccount.Transit, Ends = left.Seq, Counterpart = back.DeclinedWith,
        });
    }
}
