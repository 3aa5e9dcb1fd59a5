using Orleans.Concurrency;

namespace Zvonok.Grains.Accounts;

/// <summary>
/// One account: the only writer of its ledger. One command at a time, one append in flight; an answer is given when it is
/// durable. Its calls interleave, and <see cref="GatheringGrain{TGrain}"/> keeps them in order. Every command is answered once and the same again when its operation id comes again.
/// </summary>
/// <remarks>Commands throw the exceptions of <c>Zvonok.Grains.Journal</c>.</remarks>
[Alias("zvonok.IAccountGrain")]
public interface IAccountGrain : IGrainWithIntegerKey
{
    /// <summary>Sells from the meal purse (M1 to M4).</summary>
    /// <param name="sale">What is asked for.</param>
    /// <param name="card">Why the card may not be used.</param>
    [AlwaysInterleave, Alias("Sell")]
    ValueTask<AccountAnswer> Sell(Sale sale, CardRefusal card);

    /// <summary>Serves a meal at public cost (M5).</summary>
    /// <param name="redemption">What is asked for.</param>
    /// <param name="card">Why the card may not be used.</param>
    [AlwaysInterleave, Alias("Redeem")]
    ValueTask<AccountAnswer> Redeem(Redemption redemption, CardRefusal card);

    /// <summary>Pays a ride from the transport purse (M10).</summary>
    /// <param name="ride">What is asked for.</param>
    /// <param name="card">Why the card may not be used.</param>
    [AlwaysInterleave, Alias("Ride")]
    ValueTask<AccountAnswer> Ride(Ride ride, CardRefusal card);

    /// <summary>Takes a sale back, whole or some of its lines (M8).</summary>
    [AlwaysInterleave, Alias("Reverse")]
    ValueTask<AccountAnswer> Reverse(Reversal reversal);

    /// <summary>Puts money into a purse, once for each bank reference (M9).</summary>
    [AlwaysInterleave, Alias("TopUp")]
    ValueTask<AccountAnswer> TopUp(TopUp topUp);

    /// <summary>Changes a limit (M2, M10), the stop list (M3) or the entitlements (M5); it holds for the very next command.</summary>
    [AlwaysInterleave, Alias("Change")]
    ValueTask<AccountAnswer> Change(ProfileChange change);

    /// <summary>
    /// Lets money leave for another account or purse (M11). When it goes to another account it is on its way then, and has to be driven on:
    /// <see cref="Transfers.TransferDriver"/>.
    /// </summary>
    [AlwaysInterleave, Alias("Transfer")]
    ValueTask<AccountAnswer> Transfer(Transfer transfer);

    /// <summary>Takes money that has left another account, or declines it for good: <see cref="AccountRefusal.TransferDeclined"/> with an entry (M11).</summary>
    [AlwaysInterleave, Alias("Receive")]
    ValueTask<AccountAnswer> Receive(TransferReceipt receipt);

    /// <summary>Takes money back that has left and was declined (M11).</summary>
    [AlwaysInterleave, Alias("TakeBack")]
    ValueTask<AccountAnswer> TakeBack(TransferReturn back);

    /// <summary>Orders meals ahead and cancels some, all of it or nothing (M6). The entries of those placed are the last of the answer's.</summary>
    [AlwaysInterleave, Alias("ChangeOrders")]
    ValueTask<AccountAnswer> ChangeOrders(OrderChange change);

    /// <summary>Serves what was ordered for the day (M6).</summary>
    /// <param name="redemption">What is asked for.</param>
    /// <param name="card">Why the card may not be used.</param>
    [AlwaysInterleave, Alias("RedeemOrder")]
    ValueTask<AccountAnswer> RedeemOrder(OrderRedemption redemption, CardRefusal card);

    /// <summary>Ends an order whose day is over (M6); <see cref="AccountRefusal.OrderUnknown"/> when it has ended already.</summary>
    [AlwaysInterleave, Alias("ExpireOrder")]
    ValueTask<AccountAnswer> ExpireOrder(OrderExpiry expiry);

    /// <summary>Takes a fee, or writes down that it is waived (M13).</summary>
    [AlwaysInterleave, Alias("Charge")]
    ValueTask<AccountAnswer> Charge(FeeCharge fee);

    /// <summary>Closes the account for good (M12); what shall go to another account has to be transferred before.</summary>
    [AlwaysInterleave, Alias("Close")]
    ValueTask<AccountAnswer> Close(Closing closing);

    /// <summary>The meals that are ordered and not had yet (M6), in no particular order; null when nobody registered the account.</summary>
    [AlwaysInterleave, Alias("ListOrders")]
    ValueTask<OpenOrder[]?> ListOrders();

    /// <summary>The account as of now; null when nobody registered it.</summary>
    [AlwaysInterleave, Alias("Get")]
    ValueTask<AccountView?> Get();
}

/// <summary>An account as it can be seen from outside.</summary>
/// <param name="Profile">The slow state.</param>
/// <param name="Meal">The meal purse.</param>
/// <param name="Transport">The transport purse.</param>
/// <param name="SpentToday">Spent from the meal purse on the account's calendar day of now.</param>
/// <param name="Seq">The newest entry's number; 0 for none.</param>
/// <param name="SpentInBuffetToday">What of <paramref name="SpentToday"/> was spent in the buffet.</param>
/// <param name="SpentOnRidesToday">Spent on rides on the same day.</param>
[GenerateSerializer, Immutable, Alias("zvonok.AccountView")]
public sealed record AccountView(
    [property: Id(0)] AccountProfile Profile,
    [property: Id(1)] Money Meal,
    [property: Id(2)] Money Transport,
    [property: Id(3)] Money SpentToday,
    [property: Id(4)] long Seq,
    [property: Id(5)] Money SpentInBuffetToday,
    [property: Id(6)] Money SpentOnRidesToday);
