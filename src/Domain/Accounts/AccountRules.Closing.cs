namespace Zvonok.Domain.Accounts;

// The end of an account (M12).
public static partial class AccountRules
{
    private static readonly Purse[] Purses = [Purse.Meal, Purse.Transport];

    /// <summary>Why an account may not be closed now; <see cref="AccountRefusal.None"/> when it may.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="closing">What is asked for.</param>
    /// <param name="isInTransit">Whether money that has left it has not arrived yet.</param>
    public static AccountRefusal MayClose(in AccountState account, Closing closing, bool isInTransit)
    {
        if (account.Profile.IsClosed) return AccountRefusal.AccountClosed;
        if (account.Meal < Money.Zero) return AccountRefusal.InDebt;
        if (isInTransit) return AccountRefusal.MoneyInTransit;
        if (account.Orders.Length > 0) return AccountRefusal.OrdersOpen;
        return closing.PaidOutBy is null && account.Meal + account.Transport > Money.Zero ? AccountRefusal.PurseNotEmpty : AccountRefusal.None;
    }

    /// <summary>What closes an account that may be closed: what is in each purse is paid out, then it is closed. All of it is written together.</summary>
    public static Entry[] Close(AccountState account, Closing closing, Instant now)
    {
        var entries = new List<Entry>(Purses.Length + 1);
        foreach (var purse in Purses)
            if (account.Balance(purse) is var rest && rest > Money.Zero) Add(new Posting(EntryKind.Payout, purse, -rest, closing.PaidOutBy!.Value, LimitDayOf(account, closing, now)));
        Add(new Posting(EntryKind.Closing, Purse.Meal, Money.Zero, ContraAccount.None, LimitDayOf(account, closing, now)));
        return [.. entries];

        void Add(in Posting posting)
        {
            entries.Add(Next(account, closing, now, posting));
            account = Evolve(account, entries[^1]);
        }
    }

    /// <summary>The profile after that, to be stored with the last entry.</summary>
    public static AccountProfile ProfileClosedBy(Entry last, AccountProfile profile) => profile with { IsClosed = true, Version = last.Seq };
}
