namespace Zvonok.Domain.Accounts;

// Meals that are ordered and paid ahead (M6).
public static partial class AccountRules
{
    /// <summary>Decides what a family orders and cancels, all of it or nothing. A refusal names the order that stands in the way, by its index among those placed.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="change">What is asked for.</param>
    /// <param name="now">The server's time: the cut-off is not for a device's clock to say.</param>
    public static OrderDecision Decide(in AccountState account, OrderChange change, Instant now)
    {
        if (account.Profile.IsClosed) return OrderDecision.Refuse(AccountRefusal.AccountClosed);
        var books = new OrderBooks(account, change, now);
        foreach (var seq in change.Cancelled)
        {
            if (books.Find(seq) is not { } order) return OrderDecision.Refuse(AccountRefusal.OrderUnknown);
            if (now >= order.Order.OrderUntil) return OrderDecision.Refuse(AccountRefusal.CutOffOver);
            books.End(order, EntryKind.OrderCancel);
        }

        for (var i = 0; i < change.Placed.Length; i++)
        {
            if (WhyNot(books, change.Placed[i], now) is var refusal and not AccountRefusal.None) return OrderDecision.Refuse(refusal, LineSet.Of([i]));
            books.Place(change.Placed[i]);
        }

        return books.Decided();
    }

    /// <summary>Decides whether what was ordered for the day of the event is served; what the family forbids by now is not (M3).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="redemption">What is asked for.</param>
    /// <param name="card">Why the card may not be used.</param>
    /// <param name="now">The server's time.</param>
    public static OrderDecision Decide(in AccountState account, OrderRedemption redemption, Cards.CardRefusal card, Instant now)
    {
        if (card != Cards.CardRefusal.None) return OrderDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return OrderDecision.Refuse(AccountRefusal.AccountClosed);
        if (FindOrder(account, redemption, now) is not { } ordered) return OrderDecision.Refuse(AccountRefusal.NotOrdered);
        var forbidden = account.Profile.StopList?.Stopped(ordered.Order.Lines, redemption.Seller).Hard ?? LineSet.None;
        if (!forbidden.IsEmpty && redemption.Override?.By is null)
            return OrderDecision.Refuse(redemption.Override is null ? AccountRefusal.StopList : AccountRefusal.OverrideNotAllowed, forbidden);

        var books = new OrderBooks(account, redemption, now);
        books.Serve(ordered, redemption, forbidden);
        return books.Decided();
    }

    /// <summary>The open order that would be served; null when there is none.</summary>
    public static OpenOrder? FindOrder(in AccountState account, OrderRedemption redemption, Instant now)
    {
        var day = LimitDayOf(account, redemption, now);
        return Array.Find(account.Orders, order => order.Order.Day == day && order.Order.Meal == redemption.Meal && order.Order.Seller == redemption.Seller);
    }

    /// <summary>Ends an order whose day is over, on its own terms.</summary>
    public static OrderDecision Decide(in AccountState account, OrderExpiry expiry, Instant now)
    {
        var books = new OrderBooks(account, expiry, now);
        if (books.Find(expiry.OrderSeq) is not { } order) return OrderDecision.Refuse(AccountRefusal.OrderUnknown);
        books.End(order, EntryKind.OrderExpiry);
        return books.Decided();
    }

    private static AccountRefusal WhyNot(OrderBooks books, MealOrder order, Instant now)
    {
        if (order.OrderUntil == MealOrder.NotOnMenu) return AccountRefusal.NotOnMenu;
        if (now >= order.OrderUntil) return AccountRefusal.CutOffOver;
        if (books.Account.Profile.StopList?.Stopped(order.Lines, order.Seller).Hard is { IsEmpty: false }) return AccountRefusal.StopList;
        if (Array.Exists(books.Account.Orders, open => open.Order.Day == order.Day && open.Order.Meal == order.Meal)) return AccountRefusal.AlreadyOrdered;
        if (books.Account.Orders.Length >= Limits.OpenOrdersMax) return AccountRefusal.TooManyOrders;
        // What costs nothing may be had by who owes something.
        return order.Total > Money.Zero && order.Total > books.Account.Meal ? AccountRefusal.InsufficientFunds : AccountRefusal.None;
    }

    /// <summary>The account while the entries of one operation are written one after the other.</summary>
    private sealed class OrderBooks(AccountState account, AccountCommand command, Instant now)
    {
        private readonly List<Entry> _entries = [];
        private readonly List<OpenOrder> _placed = [];
        private readonly List<long> _ended = [];

        public AccountState Account => account;

        public OpenOrder? Find(long seq) => Array.Find(account.Orders, order => order.Seq == seq);

        public void Place(MealOrder order)
        {
            Write(new Posting(EntryKind.Order, Purse.Meal, -order.Total, Paid(order), order.Day) { Lines = order.Lines, Meal = order.Meal });
            _placed.Add(new OpenOrder(account.Seq, command.Operation, order));
            account = account with { Orders = [.. account.Orders, _placed[^1]] };
        }

        // Cancelled, its money comes back; at the end of its day that is for its terms to say.
        public void End(OpenOrder order, EntryKind kind)
        {
            var isKept = kind == EntryKind.OrderExpiry && order.Order.IsKept;
            Close(order, isKept
                ? new Posting(kind, Purse.None, -order.Order.Total, order.Order.Total == Money.Zero ? ContraAccount.None : order.Order.Seller, order.Order.Day) { Payer = Paid(order.Order) }
                : new Posting(kind, Purse.Meal, order.Order.Total, Paid(order.Order), order.Order.Day));
        }

        public void Serve(OpenOrder order, OrderRedemption redemption, LineSet forbidden, FactMarks? marks = null) => Close(
            order, new Posting(EntryKind.OrderRedemption, Purse.None, -order.Order.Total, order.Order.Total == Money.Zero ? ContraAccount.None : order.Order.Seller, order.Order.Day)
            {
                Payer = Paid(order.Order),
                Device = redemption.Device,
                Override = forbidden.IsEmpty ? null : new StopOverride(redemption.Override!.By!.Value, redemption.Override.Reason, forbidden),
                Marks = marks,
            });

        /// <summary>Sells what was ordered and paid back, since a terminal has served it (O3).</summary>
        public void ChargeAfterAll(Entry refunded, OrderRedemption redemption, FactMarks marks) => Write(
            new Posting(EntryKind.Sale, Purse.Meal, -refunded.Amount, refunded.Amount == Money.Zero ? ContraAccount.None : redemption.Seller, refunded.LimitDay)
            {
                Device = redemption.Device,
                ReversedSeq = refunded.ReversedSeq,
                Lines = refunded.Lines,
                Spending = DaySpending.Of(refunded.Lines),
                Marks = marks,
            });

        /// <summary>Writes down a meal that a terminal has served and for which no money moves (O4).</summary>
        public void HandOut(OrderRedemption redemption, FactMarks marks) => Write(
            new Posting(EntryKind.HandedOut, Purse.None, Money.Zero, ContraAccount.None, LimitDayOf(account, redemption, now)) { Device = redemption.Device, Meal = redemption.Meal, Marks = marks });

        public OrderDecision Decided() => new([.. _entries], [.. _placed], [.. _ended], account.Orders, AccountRefusal.None, LineSet.None);

        private void Close(OpenOrder order, in Posting posting)
        {
            Write(posting with { ReversedSeq = order.Seq, Lines = order.Order.Lines, Meal = order.Order.Meal });
            _ended.Add(order.Seq);
            account = account with { Orders = Array.FindAll(account.Orders, open => open.Seq != order.Seq) };
        }

        private void Write(in Posting posting)
        {
            _entries.Add(Next(account, command, now, posting));
            account = Evolve(account, _entries[^1]);
        }

        // What costs nothing moves nothing, and has no other side.
        private static ContraAccount Paid(MealOrder order) => order.Total == Money.Zero ? ContraAccount.None : ContraAccount.Preorder(order.Seller);
    }
}
