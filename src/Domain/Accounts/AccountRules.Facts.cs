using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

// Facts (O3): what has happened at a terminal without connection is never refused. What it would have been refused for is marked, and the purse goes as low as it has to.
public static partial class AccountRules
{
    private static Entry Merge(in AccountState account, Sale sale, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        var marks = MarksOf(account, card) | StopMarksOf(account, sale, out var overridden);
        if (!OverCategoryLimit(account.Profile, sale, spentThatDay).IsEmpty || spentThatDay.Total + sale.Total > account.Profile.DailyLimit) marks |= FactMarks.OverLimit;
        if (Unpaid(account, sale).Refusal != AccountRefusal.None) marks |= FactMarks.Overdrawn;
        return Next(account, sale, now, Served(sale, overridden, new Posting(EntryKind.Sale, Purse.Meal, -sale.Total, sale.Seller, LimitDayOf(account, sale, now))
        {
            Spending = DaySpending.Of(sale.Lines),
            CreditFloor = account.Meal - sale.Total < Money.Zero ? sale.CreditFloor : Money.Zero,
            Marks = marks,
        }));
    }

    // A second meal is the school's matter and never the child's (O4): it is written down, and nobody pays.
    private static Entry Merge(in AccountState account, Redemption redemption, CardRefusal card, MealSet redeemedThatDay, Instant now)
    {
        var day = LimitDayOf(account, redemption, now);
        var marks = MarksOf(account, card) | StopMarksOf(account, redemption, out var overridden);
        var entitlement = account.Profile.Entitlements?.Find(redemption.Meal, day);
        if (entitlement is null) marks |= FactMarks.NotEntitled;
        if (redeemedThatDay.Contains(redemption.Meal)) marks |= FactMarks.SecondMeal;
        var isPaid = (marks & (FactMarks.NotEntitled | FactMarks.SecondMeal)) == 0;
        var posting = isPaid
            ? new Posting(EntryKind.Redemption, Purse.None, -redemption.Total, redemption.Seller, day) { Payer = entitlement!.Funder }
            : new Posting(EntryKind.HandedOut, Purse.None, Money.Zero, ContraAccount.None, day);
        return Next(account, redemption, now, Served(redemption, overridden, posting with { Meal = redemption.Meal, Marks = marks }));
    }

    private static Entry Merge(in AccountState account, Ride ride, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        var marks = MarksOf(account, card);
        if (spentThatDay.Rides + ride.Fare > account.Profile.RideLimit) marks |= FactMarks.OverLimit;
        if (ride.Fare > account.Transport) marks |= FactMarks.Overdrawn;
        return Next(account, ride, now, Posted(account, ride, now) with { Marks = marks });
    }

    /// <summary>Writes down that a terminal has served what was ordered (M6), after the list that it had.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="redemption">What has happened.</param>
    /// <param name="ended">How that day's orders of that meal have ended, and what was charged for them since, oldest first; not looked at while one is open.</param>
    /// <param name="card">Why the card may not be used.</param>
    /// <param name="now">The server's time.</param>
    public static OrderDecision Merge(in AccountState account, OrderRedemption redemption, IReadOnlyList<Entry> ended, CardRefusal card, Instant now)
    {
        var marks = MarksOf(account, card);
        var books = new OrderBooks(account, redemption, now);
        if (FindOrder(account, redemption, now) is { } open)
        {
            var forbidden = account.Profile.StopList?.Stopped(open.Order.Lines, redemption.Seller).Hard ?? LineSet.None;
            if (!forbidden.IsEmpty && redemption.Override?.By is null) (marks, forbidden) = (marks | FactMarks.Stopped, LineSet.None);
            books.Serve(open, redemption, forbidden, marks);
        }
        else if (ended.LastOrDefault(entry => IsWith(entry, redemption.Seller)) is { Kind: EntryKind.OrderCancel or EntryKind.OrderExpiry, Purse: Purse.Meal } refunded)
        {
            // The child has had what the family has its money back for.
            if (refunded.Amount > account.Meal) marks |= FactMarks.Overdrawn;
            books.ChargeAfterAll(refunded, redemption, marks | FactMarks.NotOrdered);
        }
        else
        {
            books.HandOut(redemption, marks | ended.LastOrDefault(entry => IsWith(entry, redemption.Seller))?.Kind switch
            {
                null => FactMarks.NotOrdered,
                EntryKind.OrderExpiry => FactMarks.None,
                _ => FactMarks.SecondMeal,
            });
        }

        return books.Decided();
    }

    // What costs nothing has no other side.
    private static bool IsWith(Entry ended, ContraAccount seller) =>
        ended.Contra == seller || ended.Contra == ContraAccount.None || ended.Contra == ContraAccount.Preorder(seller);

    private static FactMarks MarksOf(in AccountState account, CardRefusal card) =>
        (card == CardRefusal.None ? FactMarks.None : FactMarks.CardRefused) | (account.Profile.IsClosed ? FactMarks.AccountClosed : FactMarks.None);

    private static FactMarks StopMarksOf(in AccountState account, Purchase purchase, out LineSet overridden)
    {
        var (forbidden, unconfirmed) = account.Profile.StopList?.Stopped(purchase.Lines, purchase.Seller) ?? default;
        var isOverridden = purchase.Override?.By is not null;
        overridden = isOverridden ? forbidden : LineSet.None;
        return isOverridden || forbidden.IsEmpty && (unconfirmed.IsEmpty || purchase.IsConfirmed) ? FactMarks.None : FactMarks.Stopped;
    }
}
