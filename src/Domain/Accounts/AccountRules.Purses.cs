using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

// Money that arrives (M9) and rides (M10).
public static partial class AccountRules
{
    /// <summary>Decides a ride (M10): the parameters are those of a sale.</summary>
    public static AccountDecision Decide(in AccountState account, Ride ride, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (account.Profile.RideLimit is { } limit && spentThatDay.Rides + ride.Fare > limit) return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (ride.Fare > account.Transport) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);

        return AccountDecision.Grant(Next(account, ride, now, new Posting(EntryKind.Ride, Purse.Transport, -ride.Fare, ride.Carrier, LimitDayOf(account, ride, now))
        {
            Device = ride.Device,
            Spending = DaySpending.OnRide(ride.Fare),
        }));
    }

    /// <summary>Decides a top-up (M9). That the bank reference is new is the journal's to keep.</summary>
    public static AccountDecision Decide(in AccountState account, TopUp topUp, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (IsOverfull(account.Balance(topUp.Purse) + topUp.Amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        var day = LimitDayOf(account, topUp, now);
        return AccountDecision.Grant(Next(account, topUp, now, new Posting(EntryKind.TopUp, topUp.Purse, topUp.Amount, ContraAccount.Bank(topUp.Reference.Provider), day)));
    }

    private static bool IsOverfull(Money balance) => balance.Kopecks > Limits.BalanceMax;
}
