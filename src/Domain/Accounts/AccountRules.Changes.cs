namespace Zvonok.Domain.Accounts;

// Limits (M2, M10), the stop list (M3) and entitlements (M5).
public static partial class AccountRules
{
    /// <summary>Decides a change of a daily limit (M2, M10).</summary>
    public static AccountDecision Decide(in AccountState account, LimitChange change, Instant now) => ChangeProfile(account, change, EntryKind.LimitChange, now);

    /// <summary>Decides a change of the stop list (M3).</summary>
    public static AccountDecision Decide(in AccountState account, StopListChange change, Instant now) => ChangeProfile(account, change, EntryKind.StopListChange, now);

    /// <summary>Decides a change of the entitlements (M5).</summary>
    public static AccountDecision Decide(in AccountState account, EntitlementChange change, Instant now) => ChangeProfile(account, change, EntryKind.EntitlementChange, now);

    /// <summary>The profile after a change of the limit, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, LimitChange change)
    {
        var profile = account.Profile with { Version = account.Seq + 1 };
        if (change.Purse == Purse.Transport) return profile with { RideLimit = change.Limit };
        return change.Category switch
        {
            ProductCategory.HotMeal => profile with { HotMealLimit = change.Limit },
            ProductCategory.Buffet => profile with { BuffetLimit = change.Limit },
            _ => profile with { DailyLimit = change.Limit },
        };
    }

    /// <summary>The profile after a change of the stop list, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, StopListChange change) =>
        account.Profile with { Version = account.Seq + 1, StopList = change.StopList is { IsEmpty: false } list ? list : null };

    /// <summary>The profile after a change of the entitlements, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, EntitlementChange change) =>
        account.Profile with { Version = account.Seq + 1, Entitlements = change.Entitlements is { All.Length: > 0 } list ? list : null };

    private static AccountDecision ChangeProfile(in AccountState account, AccountCommand change, EntryKind kind, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);

        var day = LimitDayOf(account, change, now);
        return AccountDecision.Grant(Next(account, change, now, new Posting(kind, Purse.Meal, Money.Zero, ContraAccount.None, day)));
    }
}
