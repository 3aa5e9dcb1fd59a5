namespace Zvonok.Grains.Transfers;

/// <summary>Closes an account whose rest goes to another (M12): purse by purse by transfers, then the closing. Each step is safe to repeat, and so is the whole.</summary>
public sealed class AccountCloser(GrainLookup grains, TransferDriver transfers)
{
    private static readonly Purse[] Purses = [Purse.Meal, Purse.Transport];

    /// <summary>Closes the account.</summary>
    /// <param name="account">Which.</param>
    /// <param name="closing">What is asked for.</param>
    /// <param name="heir">The account that gets what is left; null: <paramref name="closing"/> says what becomes of it.</param>
    public async Task<AccountAnswer> Close(AccountNumber account, Closing closing, AccountNumber? heir)
    {
        if (heir is { } to)
            foreach (var purse in Purses)
            {
                var moved = await transfers.Transfer(account, new Transfer
                {
                    Operation = closing.Operation.Derive([(long)EntryKind.TransferOut, (long)purse]), EventTime = closing.EventTime, From = purse, To = to, ToPurse = purse,
                });
                // An empty purse has nothing to give, a closed account has given it before; what else stands in the way is told.
                if (moved.Refusal is not (AccountRefusal.None or AccountRefusal.InsufficientFunds or AccountRefusal.AccountClosed)) return moved;
            }

        return await grains.Account(account).Close(closing);
    }
}
