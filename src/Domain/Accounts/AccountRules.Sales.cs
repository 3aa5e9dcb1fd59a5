using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

// Sales and meals at public cost (M1 to M5, M7).
public static partial class AccountRules
{
    /// <summary>Decides a sale (M1 to M4).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="sale">What is asked for; its lines add up to its total.</param>
    /// <param name="card">Why the card may not be used; <see cref="CardRefusal.None"/> when it may.</param>
    /// <param name="spentThatDay">What is spent already on the sale's own calendar day (<see cref="LimitDayOf"/>).</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Sale sale, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        if (sale.IsFact) return AccountDecision.Grant(Merge(account, sale, card, spentThatDay, now));
        var (forbidden, unconfirmed) = account.Profile.StopList?.Stopped(sale.Lines, sale.Seller) ?? default;
        if (Unservable(account, sale, card, forbidden) is { Refusal: not AccountRefusal.None } unservable) return unservable;
        if (OverCategoryLimit(account.Profile, sale, spentThatDay) is { IsEmpty: false } lines) return AccountDecision.Refuse(AccountRefusal.CategoryLimit, lines);
        if (account.Profile.DailyLimit is { } limit && spentThatDay.Total + sale.Total > limit)
            return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (Unpaid(account, sale) is { Refusal: not AccountRefusal.None } unpaid) return unpaid;
        if (!unconfirmed.IsEmpty && !sale.IsConfirmed && sale.Override?.By is null) return AccountDecision.Refuse(AccountRefusal.ConfirmationNeeded, unconfirmed);

        return AccountDecision.Grant(Next(account, sale, now, Served(sale, forbidden, new Posting(EntryKind.Sale, Purse.Meal, -sale.Total, sale.Seller, LimitDayOf(account, sale, now))
        {
            Spending = DaySpending.Of(sale.Lines),
            CreditFloor = account.Meal - sale.Total < Money.Zero ? sale.CreditFloor : Money.Zero,
        })));
    }

    /// <summary>Decides a meal at public cost (M5); the stop list is as for a sale (M3), limits and purses have no part in it.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="redemption">What is asked for; its lines add up to its total.</param>
    /// <param name="card">Why the card may not be used; <see cref="CardRefusal.None"/> when it may.</param>
    /// <param name="redeemedThatDay">The meals that were had already at public cost on the redemption's own calendar day.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Redemption redemption, CardRefusal card, MealSet redeemedThatDay, Instant now)
    {
        if (redemption.IsFact) return AccountDecision.Grant(Merge(account, redemption, card, redeemedThatDay, now));
        var (forbidden, unconfirmed) = account.Profile.StopList?.Stopped(redemption.Lines, redemption.Seller) ?? default;
        if (Unservable(account, redemption, card, forbidden) is { Refusal: not AccountRefusal.None } unservable) return unservable;
        var day = LimitDayOf(account, redemption, now);
        if (account.Profile.Entitlements?.Find(redemption.Meal, day) is not { } entitlement) return AccountDecision.Refuse(AccountRefusal.NotEntitled);
        if (redeemedThatDay.Contains(redemption.Meal)) return AccountDecision.Refuse(AccountRefusal.AlreadyRedeemed);
        if (!unconfirmed.IsEmpty && !redemption.IsConfirmed && redemption.Override?.By is null) return AccountDecision.Refuse(AccountRefusal.ConfirmationNeeded, unconfirmed);

        return AccountDecision.Grant(Next(account, redemption, now, Served(redemption, forbidden, new Posting(EntryKind.Redemption, Purse.None, -redemption.Total, redemption.Seller, day)
        {
            Payer = entitlement.Funder,
            Meal = redemption.Meal,
        })));
    }

    // What stands in the way whoever pays.
    private static AccountDecision Unservable(in AccountState account, Purchase purchase, CardRefusal card, LineSet forbidden)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (purchase.Settlement is { By: null }) return AccountDecision.Refuse(AccountRefusal.SettlementNotAllowed);
        if (forbidden.IsEmpty || purchase.Override?.By is not null) return default;
        return AccountDecision.Refuse(purchase.Override is null ? AccountRefusal.StopList : AccountRefusal.OverrideNotAllowed, forbidden);
    }

    private static Posting Served(Purchase purchase, LineSet forbidden, in Posting posting) => posting with
    {
        Device = purchase.Device,
        Lines = purchase.Lines,
        Override = forbidden.IsEmpty ? null : new StopOverride(purchase.Override!.By!.Value, purchase.Override.Reason, forbidden),
        SettledBy = purchase.Settlement?.By,
    };

    // What is in the purse goes for the buffet first, as if that were sold before: a hot meal may be owed, the buffet never (M4).
    private static AccountDecision Unpaid(in AccountState account, Sale sale)
    {
        if (sale.Total <= account.Meal) return default;
        var asked = DaySpending.Of(sale.Lines);
        if (sale.CreditFloor == Money.Zero || asked.HotMeal == Money.Zero) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);
        if (asked.Buffet > Money.Max(account.Meal, Money.Zero))
            return AccountDecision.Refuse(AccountRefusal.InsufficientFunds, LineSet.Where(sale.Lines, line => line.Category == ProductCategory.Buffet));
        return account.Meal - sale.Total < sale.CreditFloor ? AccountDecision.Refuse(AccountRefusal.CreditUsedUp) : default;
    }

    // A family that has lowered a limit below what is spent already has not forbidden the other category.
    private static LineSet OverCategoryLimit(AccountProfile profile, Sale sale, DaySpending spent)
    {
        if (profile.HotMealLimit is null && profile.BuffetLimit is null) return LineSet.None;
        var asked = DaySpending.Of(sale.Lines);
        var isHotOver = IsOver(profile.HotMealLimit, spent.HotMeal, asked.HotMeal);
        var isBuffetOver = IsOver(profile.BuffetLimit, spent.Buffet, asked.Buffet);
        return LineSet.Where(sale.Lines, line => line.Category == ProductCategory.Buffet ? isBuffetOver : isHotOver);

        static bool IsOver(Money? limit, Money spent, Money asked) => asked > Money.Zero && spent + asked > limit;
    }
}
