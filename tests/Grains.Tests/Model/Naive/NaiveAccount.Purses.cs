using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

// Money that arrives (M9), rides (M10), fees (M13) and the end of an account (M12). That a bank reference is new is the family's to know.
internal sealed partial class NaiveAccount
{
    public NaiveAnswer Do(TopUp topUp, Instant now)
    {
        if (_isClosed) return Refuse(topUp, AccountClosed);
        if (Balance(topUp.Purse) + topUp.Amount.Kopecks > Brim) return Refuse(topUp, PurseFull);
        return Grant(New(topUp, now, EntryKind.TopUp) with { Purse = topUp.Purse, Amount = topUp.Amount.Kopecks, Contra = ContraAccount.Bank(topUp.Reference.Provider) });
    }

    public NaiveAnswer Do(Ride ride, CardRefusal card, Instant now)
    {
        if (card != CardRefusal.None) return Refuse(ride, (AccountRefusal)card);
        if (_isClosed) return Refuse(ride, AccountClosed);
        var fare = ride.Fare.Kopecks;
        if (RodeOn(DayOf(ride, now)) + fare > RideLimit) return Refuse(ride, DailyLimit);
        if (Balance(Purse.Transport) < fare) return Refuse(ride, InsufficientFunds);
        return Grant(New(ride, now, EntryKind.Ride) with { Purse = Purse.Transport, Amount = -fare, Contra = ride.Carrier, Device = ride.Device });
    }

    public NaiveAnswer Do(FeeCharge fee, Instant now)
    {
        if (_isClosed) return Refuse(fee, AccountClosed);
        var (amount, isAtBank) = (fee.Amount.Kopecks, fee.Reference is not null);
        if (amount > 0 && !isAtBank && Meal < amount) return Refuse(fee, InsufficientFunds);
        return Grant(New(fee, now, EntryKind.Fee) with
        {
            Purse = isAtBank ? Purse.None : Purse.Meal,
            Amount = -amount,
            Contra = amount == 0 ? ContraAccount.None : ContraAccount.Fee(fee.Kind),
            Payer = isAtBank && amount > 0 ? ContraAccount.Bank(fee.Reference!.Provider) : ContraAccount.None,
        });
    }

    public NaiveAnswer Do(Closing closing, bool isInTransit, Instant now)
    {
        if (_isClosed) return Refuse(closing, AccountClosed);
        if (Meal < 0) return Refuse(closing, InDebt);
        if (isInTransit) return Refuse(closing, MoneyInTransit);
        if (OpenOrders.Any()) return Refuse(closing, OrdersOpen);
        var rests = new[] { Purse.Meal, Purse.Transport }.Where(purse => Balance(purse) > 0).ToList();
        if (rests.Count > 0 && closing.PaidOutBy is null) return Refuse(closing, PurseNotEmpty);
        _isClosed = true;
        return Grant(
            [.. rests.Select(purse => New(closing, now, EntryKind.Payout) with { Purse = purse, Amount = -Balance(purse), Contra = closing.PaidOutBy!.Value }), New(closing, now, EntryKind.Closing)]);
    }
}
