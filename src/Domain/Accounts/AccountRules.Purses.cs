using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

// Money that arrives (M9), rides (M10) and fees (M13).
public static partial class AccountRules
{
    /// <summary>Decides a ride (M10): the parameters are those of a sale.</summary>
    public static AccountDecision Decide(in AccountState account, Ride ride, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        if (ride.IsFact) return AccountDecision.Grant(Merge(account, ride, card, spentThatDay, now));
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (account.Profile.RideLimit is { } limit && spentThatDay.Rides + ride.Fare > limit) return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (ride.Fare > account.Transport) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);

        return AccountDecision.Grant(Next(account, ride, now, Posted(account, ride, now)));
    }

    private static Posting Posted(in AccountState account, Ride ride, Instant now) => new(EntryKind.Ride, Purse.Transport, -ride.Fare, ride.Carrier, LimitDayOf(account, ride, now))
    {
        Device = ride.Device,
        Spending = DaySpending.OnRide(ride.Fare),
    };

    /// <summary>Decides a top-up (M9). That the bank reference is new is the journal's to keep.</summary>
    public static AccountDecision Decide(in AccountState account, TopUp topUp, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (IsOverfull(account.Balance(topUp.Purse) + topUp.Amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        var day = LimitDayOf(account, topUp, now);
        return AccountDecision.Grant(Next(account, topUp, now, new Posting(EntryKind.TopUp, topUp.Purse, topUp.Amount, ContraAccount.Bank(topUp.Reference.Provider), day)));
    }

    /// <summary>Decides a fee (M13). That a bank reference is new is the journal's to keep. A fee that is waived is an entry too: what it was is known for ever.</summary>
    public static AccountDecision Decide(in AccountState account, FeeCharge fee, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        var isAtBank = fee.Reference is not null;
        if (!isAtBank && fee.Amount > Money.Zero && fee.Amount > account.Meal) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);

        var isWaived = fee.Amount == Money.Zero;
        var contra = isWaived ? ContraAccount.None : ContraAccount.Fee(fee.Kind);
        return AccountDecision.Grant(Next(account, fee, now, new Posting(EntryKind.Fee, isAtBank ? Purse.None : Purse.Meal, -fee.Amount, contra, LimitDayOf(account, fee, now))
        {
            Payer = isAtBank && !isWaived ? ContraAccount.Bank(fee.Reference!.Provider) : ContraAccount.None,
        }));
    }

    private static bool IsOverfull(Money balance) => balance.Kopecks > Limits.BalanceMax;
}
