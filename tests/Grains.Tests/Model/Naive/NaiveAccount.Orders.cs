using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

// Meals that are ordered and paid ahead (M6).
internal sealed partial class NaiveAccount
{
    // Four a day for a month.
    private const int OpenOrdersMax = 124;

    public IEnumerable<NaiveFact> OpenOrders => _facts.Where(order =>
        order.Kind == EntryKind.Order && !_facts.Any(end => end.Ends == order.Seq && end.Kind is EntryKind.OrderCancel or EntryKind.OrderRedemption or EntryKind.OrderExpiry));

    public NaiveAnswer Do(OrderChange change, Instant now)
    {
        if (_isClosed) return Refuse(change, AccountClosed);
        var before = _facts.Count;
        foreach (var seq in change.Cancelled)
        {
            var order = OpenOrders.FirstOrDefault(order => order.Seq == seq);
            if (order is null) return Undo(OrderUnknown);
            if (now >= order.Order!.OrderUntil) return Undo(CutOffOver);
            Add(Ended(order, change, now, EntryKind.OrderCancel, order.Order.IsKept));
        }

        for (var i = 0; i < change.Placed.Length; i++)
        {
            var order = change.Placed[i];
            var cost = CostOf(order.Lines);
            if (order.OrderUntil == MealOrder.NotOnMenu) return Undo(NotOnMenu, i);
            if (now >= order.OrderUntil) return Undo(CutOffOver, i);
            if (Forbidden(order.Lines, order.Seller).Length > 0) return Undo(AccountRefusal.StopList, i);
            if (OpenOrders.Any(open => open.Order!.Day == order.Day && open.Order.Meal == order.Meal)) return Undo(AlreadyOrdered, i);
            if (OpenOrders.Count() == OpenOrdersMax) return Undo(TooManyOrders, i);
            // What costs nothing may be had by who owes something.
            if (cost > 0 && cost > Meal) return Undo(InsufficientFunds, i);
            Add(New(change, now, EntryKind.Order) with
            {
                Day = NaiveZone.NumberOf(order.Day), Amount = -cost, Contra = cost == 0 ? ContraAccount.None : ContraAccount.Preorder(order.Seller), Lines = order.Lines, Meal = order.Meal, Order = order,
            });
        }

        return Granted(_facts.Count - before);

        NaiveAnswer Undo(AccountRefusal refusal, params int[] lines)
        {
            _facts.RemoveRange(before, _facts.Count - before);
            return Refuse(change, refusal, lines);
        }
    }

    public NaiveAnswer Do(OrderRedemption redemption, CardRefusal card, Instant now)
    {
        if (card != CardRefusal.None) return Refuse(redemption, (AccountRefusal)card);
        if (_isClosed) return Refuse(redemption, AccountClosed);
        var day = DayOf(redemption, now);
        var order = OpenOrders.FirstOrDefault(open => open.Day == day && open.Meal == redemption.Meal && open.Order!.Seller == redemption.Seller);
        if (order is null) return Refuse(redemption, NotOrdered);
        var forbidden = Forbidden(order.Lines, redemption.Seller);
        if (forbidden.Length > 0 && redemption.Override is null) return Refuse(redemption, AccountRefusal.StopList, forbidden);
        if (forbidden.Length > 0 && redemption.Override!.By is null) return Refuse(redemption, OverrideNotAllowed, forbidden);
        return Grant(Ended(order, redemption, now, EntryKind.OrderRedemption, isPaid: true) with
        {
            Device = redemption.Device, OverriddenBy = forbidden.Length == 0 ? null : redemption.Override!.By, Overridden = forbidden,
        });
    }

    /// <summary>Nobody has fetched it on its day.</summary>
    public NaiveAnswer Expire(NaiveFact order, OrderExpiry expiry, Instant now) => Grant(Ended(order, expiry, now, EntryKind.OrderExpiry, order.Order!.IsKept));

    // What was paid ahead goes to the operator, or comes back.
    private NaiveFact Ended(NaiveFact order, AccountCommand command, Instant now, EntryKind kind, bool isPaid)
    {
        var cost = -order.Amount;
        var goesOn = isPaid && kind != EntryKind.OrderCancel;
        return New(command, now, kind) with
        {
            Day = order.Day,
            Purse = goesOn ? Purse.None : Purse.Meal,
            Amount = goesOn ? -cost : cost,
            Contra = cost == 0 ? ContraAccount.None : goesOn ? order.Order!.Seller : ContraAccount.Preorder(order.Order!.Seller),
            Payer = goesOn && cost > 0 ? ContraAccount.Preorder(order.Order!.Seller) : ContraAccount.None,
            Lines = order.Lines,
            Meal = order.Meal,
            Ends = order.Seq,
        };
    }
}
