using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>
/// A transfer that has left one account and is not known yet to have arrived or come back (M11). It is stored with the entry with which it left, and
/// taken away when it has ended: whoever finds it can drive it on, however often, since the other account decides once.
/// </summary>
/// <param name="Left">The entry with which it left.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Purse">The purse that it goes to.</param>
/// <param name="Amount">How much.</param>
/// <param name="Operation">The client's operation.</param>
/// <param name="LeftAt">When it left.</param>
public sealed record OpenTransfer(EntryKey Left, AccountNumber To, Purse Purse, Money Amount, OperationId Operation, Instant LeftAt)
{
    /// <summary>As the entry with which it left begins it.</summary>
    public static OpenTransfer Of(Entry left, Transfer transfer) =>
        new(new EntryKey(left.Account, left.Seq), transfer.To, transfer.ToPurse, -left.Amount, left.Operation, left.EventAt);

    /// <summary>The second step, the same for ever.</summary>
    public TransferReceipt Receipt() => new() { Operation = Derived(EntryKind.TransferIn), EventTime = LeftAt, From = Left, Purse = Purse, Amount = Amount };

    /// <summary>What follows when the other account has declined it with that entry.</summary>
    public TransferReturn Return(long declinedSeq) => new() { Operation = Derived(EntryKind.TransferReturn), LeftWith = Left.Seq, DeclinedWith = new EntryKey(To, declinedSeq) };

    // Two accounts may have been given one operation id: the entry's key makes the difference.
    private OperationId Derived(EntryKind kind) => Operation.Derive([(long)kind, Left.Account.Value, Left.Seq]);
}
