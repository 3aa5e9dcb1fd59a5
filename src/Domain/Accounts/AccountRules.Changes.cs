namespace Zvonok.Domain.Accounts;

// Limits (M2, M10), the stop list (M3) and entitlements (M5).
public static partial class AccountRules
{
    /// <summary>Decides a change of the profile.</summary>
    public static AccountDecision Decide(in AccountState account, ProfileChange change, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);

        var day = LimitDayOf(account, change, now);
        return AccountDecision.Grant(Next(account, change, now, new Posting(change.Kind, Purse.Meal, Money.Zero, ContraAccount.None, day)));
    }

    /// <summary>The profile after a change of it, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, ProfileChange change) => change.ApplyTo(account.Profile) with { Version = account.Seq + 1 };
}
