using Zvonok.Domain.Time;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Accounts;

// What each command reads before it is decided, and what is written with its entries. Sales have a way of their own.
public sealed partial class AccountGrain
{
    private async ValueTask<AccountAnswer> DoRedeem(Redemption redemption, CardRefusal card)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(redemption) is { } earlier) return earlier;
        var now = clock.GetCurrentInstant();
        var day = AccountRules.LimitDayOf(account, redemption, now);
        var redeemed = AccountRules.RedeemedOn(account, day) ?? await reader.ReadRedeemed(account.Profile.Number, day);
        return await Settle(redemption, AccountRules.Decide(account, redemption, card, redeemed, now));
    }

    private async ValueTask<AccountAnswer> DoRide(Ride ride, CardRefusal card)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(ride) is { } earlier) return earlier;
        var now = clock.GetCurrentInstant();
        var day = AccountRules.LimitDayOf(account, ride, now);
        var spent = AccountRules.SpentOn(account, day) ?? await reader.ReadSpent(account.Profile.Number, day);
        return await Settle(ride, AccountRules.Decide(account, ride, card, spent, now));
    }

    private async ValueTask<AccountAnswer> DoReverse(Reversal reversal)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(reversal) is { } earlier) return earlier;
        var number = account.Profile.Number;
        var sale = await reader.ReadEntry(number, reversal.SaleSeq);
        var reversed = sale is null ? LineSet.None : await reader.ReadReversed(number, sale.Seq);
        return await Settle(reversal, AccountRules.Decide(account, reversal, sale, reversed, clock.GetCurrentInstant()));
    }

    private async ValueTask<AccountAnswer> DoTopUp(TopUp topUp)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(topUp) is { } earlier) return earlier;
        if (await reader.FindTopUp(topUp.Reference) is { } paid)
            return SamePayment(paid, paid.Kind == EntryKind.TopUp && paid.Account == account.Profile.Number && paid.Amount == topUp.Amount && paid.Purse == topUp.Purse);
        var decision = AccountRules.Decide(account, topUp, clock.GetCurrentInstant());
        return await Settle(topUp, decision, reference: topUp.Reference);
    }

    private async ValueTask<AccountAnswer> DoChange(ProfileChange change)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(change) is { } earlier) return earlier;
        var decision = AccountRules.Decide(account, change, clock.GetCurrentInstant());
        return await Settle(change, decision, AccountRules.ProfileAfter(account, change));
    }

    private async ValueTask<AccountAnswer> DoTransfer(Transfer transfer)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(transfer) is { } earlier) return earlier;
        var now = clock.GetCurrentInstant();
        var decision = AccountRules.Decide(account, transfer, options.Value.PurseTransfers, now);
        if (decision.Entry is not { } left) return await Refuse(transfer, decision);
        if (transfer.To != account.Profile.Number) return await Record(new AccountAppend(left) { Begun = OpenTransfer.Of(left, transfer) });
        return await Record(new AccountAppend([left, AccountRules.Arrival(AccountRules.Evolve(account, left), transfer, left, now)]));
    }

    private async ValueTask<AccountAnswer> DoReceive(TransferReceipt receipt)
    {
        // An account that is registered a moment later would take what this one refuses: so nothing is decided here.
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(receipt) is { } earlier) return earlier;
        return await Settle(receipt, AccountRules.Decide(account, receipt, clock.GetCurrentInstant()));
    }

    private async ValueTask<AccountAnswer> DoTakeBack(TransferReturn back)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(back) is { } earlier) return earlier;
        var left = await reader.ReadEntry(account.Profile.Number, back.LeftWith) ?? throw new InvalidOperationException($"Account {account.Profile.Number} has no entry {back.LeftWith}.");
        var decision = AccountRules.Decide(account, back, left, clock.GetCurrentInstant());
        return await Record(new AccountAppend(decision.Entry!) { Ended = new EntryKey(left.Account, left.Seq) });
    }

    private async ValueTask<AccountAnswer> DoOrder(AccountCommand command, Func<AccountState, Instant, OrderDecision> decide)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(command) is { } earlier) return earlier;
        var decision = decide(account, clock.GetCurrentInstant());
        return decision.Refusal == AccountRefusal.None
            ? await Record(decision)
            : await Refuse(command, AccountDecision.Refuse(decision.Refusal, decision.Lines));
    }

    private async ValueTask<AccountAnswer> DoMerge(OrderRedemption redemption, CardRefusal card)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(redemption) is { } earlier) return earlier;
        var now = clock.GetCurrentInstant();
        IReadOnlyList<Entry> ended = AccountRules.FindOrder(account, redemption, now) is null
            ? await reader.ReadOrdersEnded(account.Profile.Number, AccountRules.LimitDayOf(account, redemption, now), redemption.Meal)
            : [];
        return await Record(AccountRules.Merge(account, redemption, ended, card, now));
    }

    private ValueTask<AccountAnswer> Record(OrderDecision decision) =>
        Record(new AccountAppend(decision.Entries) { OrdersPlaced = decision.Placed, OrdersEnded = decision.Ended }, decision.Orders);

    private async ValueTask<AccountAnswer> DoCharge(FeeCharge fee)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(fee) is { } earlier) return earlier;
        if (fee.Reference is { } reference && await reader.FindTopUp(reference) is { } paid)
            return SamePayment(paid, paid.Kind == EntryKind.Fee && paid.Account == account.Profile.Number && paid.Fingerprint == fee.Fingerprint);
        var decision = AccountRules.Decide(account, fee, clock.GetCurrentInstant());
        if (decision.Entry is not null || !fee.IsInsisted) return await Settle(fee, decision, reference: fee.Reference);
        await ShutOutStale();
        return AccountAnswer.Refused(decision.Refusal, account.Profile.Number);
    }

    private async ValueTask<AccountAnswer> DoClose(Closing closing)
    {
        if (await Ready() is not { } account) return Unknown();
        if (await Recall(closing) is { } earlier) return earlier;
        var refusal = AccountRules.MayClose(account, closing, await transfers.HasOpen(account.Profile.Number));
        if (refusal != AccountRefusal.None) return await Refuse(closing, AccountDecision.Refuse(refusal));
        var entries = AccountRules.Close(account, closing, clock.GetCurrentInstant());
        return await Record(new AccountAppend(entries) { Profile = AccountRules.ProfileClosedBy(entries[^1], account.Profile) });
    }

    private async ValueTask<OpenOrder[]?> Orders()
    {
        if (await Ready() is { } account) return account.Orders;
        GiveUp();
        return null;
    }

    private async ValueTask<AccountView?> View()
    {
        if (await Ready() is not { } account)
        {
            GiveUp();
            return null;
        }

        var today = Calendars.DayOf(clock.GetCurrentInstant(), account.Profile.ZoneId);
        var spent = AccountRules.SpentOn(account, today) ?? await reader.ReadSpent(account.Profile.Number, today);
        return new AccountView(account.Profile, account.Meal, account.Transport, spent.Total, account.Seq, spent.Buffet, spent.Rides);
    }

    // The provider tells of one payment twice, under two operation ids: the first answer again.
    private static AccountAnswer SamePayment(Entry paid, bool isSame) => isSame
        ? AccountAnswer.Of(paid)
        : throw new OperationReusedException(
            "bank_reference", "This provider's bank reference paid for another account, purse or amount before: send the reference of this payment.");
}
