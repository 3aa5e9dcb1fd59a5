namespace Zvonok.Domain.Accounts;

// Money between accounts and purses (M11).
public static partial class AccountRules
{
    /// <summary>Decides whether money may leave.</summary>
    /// <param name="account">The account that it leaves, as it is.</param>
    /// <param name="transfer">What is asked for.</param>
    /// <param name="mayChangePurse">Whether the installation allows money to change its purpose.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Transfer transfer, bool mayChangePurse, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (transfer.From != transfer.ToPurse && !mayChangePurse) return AccountDecision.Refuse(AccountRefusal.PurseTransferNotAllowed);
        var held = account.Balance(transfer.From);
        var amount = transfer.Amount ?? held;
        if (amount <= Money.Zero || amount > held) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);
        var isOwn = transfer.To == account.Profile.Number;
        if (isOwn && IsOverfull(account.Balance(transfer.ToPurse) + amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        return AccountDecision.Grant(Next(account, transfer, now, new Posting(EntryKind.TransferOut, transfer.From, -amount, ContraAccount.Transit, LimitDayOf(account, transfer, now))
        {
            Counterpart = new EntryKey(transfer.To, isOwn ? account.Seq + 2 : 0),
        }));
    }

    /// <summary>What arrives in the other purse of the same account, written together with what left.</summary>
    /// <param name="account">The account after <paramref name="left"/>.</param>
    /// <param name="transfer">The transfer.</param>
    /// <param name="left">The entry with which it left.</param>
    /// <param name="now">The server's time.</param>
    public static Entry Arrival(in AccountState account, Transfer transfer, Entry left, Instant now) => Arrival(account, transfer, transfer.ToPurse, -left.Amount, new EntryKey(left.Account, left.Seq), now);

    /// <summary>Decides whether money from another account is taken: never refused, since a refusal is forgotten and this holds for ever. It is declined by an entry.</summary>
    public static AccountDecision Decide(in AccountState account, TransferReceipt receipt, Instant now) => AccountDecision.Grant(
        account.Profile.IsClosed || IsOverfull(account.Balance(receipt.Purse) + receipt.Amount)
            ? Next(account, receipt, now, new Posting(EntryKind.TransferDeclined, receipt.Purse, Money.Zero, ContraAccount.None, LimitDayOf(account, receipt, now)) { Counterpart = receipt.From })
            : Arrival(account, receipt, receipt.Purse, receipt.Amount, receipt.From, now));

    /// <summary>Money comes back that had left. Never refused: it has to be somewhere, full purse or not.</summary>
    /// <param name="account">The account that it had left, as it is.</param>
    /// <param name="back">What is asked for.</param>
    /// <param name="left">The entry with which it left.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, TransferReturn back, Entry left, Instant now) =>
        AccountDecision.Grant(Next(account, back, now, new Posting(EntryKind.TransferReturn, left.Purse, -left.Amount, ContraAccount.Transit, LimitDayOf(account, back, now))
        {
            ReversedSeq = left.Seq,
            Counterpart = back.DeclinedWith,
        }));

    private static Entry Arrival(in AccountState account, AccountCommand command, Purse purse, Money amount, EntryKey from, Instant now) =>
        Next(account, command, now, new Posting(EntryKind.TransferIn, purse, amount, ContraAccount.Transit, LimitDayOf(account, command, now)) { Counterpart = from });
}
