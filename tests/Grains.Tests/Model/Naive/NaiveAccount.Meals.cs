using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

// Sales and meals at public cost (M1 to M5, M7).
internal sealed partial class NaiveAccount
{
    public NaiveAnswer Do(Sale sale, CardRefusal card, Instant now)
    {
        if (Unservable(sale, card) is { } unservable) return unservable;
        var day = DayOf(sale, now);
        var (hot, buffet) = (CostOf(sale.Lines, ProductCategory.HotMeal), CostOf(sale.Lines, ProductCategory.Buffet));
        var isHotOver = hot > 0 && SpentOn(day, ProductCategory.HotMeal) + hot > HotMealLimit;
        var isBuffetOver = buffet > 0 && SpentOn(day, ProductCategory.Buffet) + buffet > BuffetLimit;
        if (isHotOver || isBuffetOver) return Refuse(sale, CategoryLimit, IndexesOf(sale.Lines, line => line.Category == ProductCategory.HotMeal ? isHotOver : isBuffetOver));
        if (SpentOn(day) + hot + buffet > Limit) return Refuse(sale, DailyLimit);

        var (held, rest, credit) = (Meal, Meal - hot - buffet, -sale.CreditFloor.Kopecks);
        if (rest < 0)
        {
            if (credit == 0 || hot == 0) return Refuse(sale, InsufficientFunds);
            // The buffet is paid from what is there.
            if (buffet > 0 && held < buffet) return Refuse(sale, InsufficientFunds, IndexesOf(sale.Lines, line => line.Category == ProductCategory.Buffet));
            if (rest < -credit) return Refuse(sale, CreditUsedUp);
        }

        if (Unconfirmed(sale) is { } unconfirmed) return unconfirmed;
        return Grant(Served(sale, now, EntryKind.Sale) with { Amount = -hot - buffet, Contra = sale.Seller, Floor = rest < 0 ? -credit : 0 });
    }

    public NaiveAnswer Do(Redemption redemption, CardRefusal card, Instant now)
    {
        if (Unservable(redemption, card) is { } unservable) return unservable;
        var day = DayOf(redemption, now);
        // 1 January 1970 was a Thursday; Monday is 1.
        var weekday = (day + 3) % 7 + 1;
        var right = _entitlements.FirstOrDefault(one =>
            NaiveZone.NumberOf(one.From) <= day && day <= NaiveZone.NumberOf(one.Until) && (one.Weekdays.Bits >> weekday) % 2 == 1 && (one.Meals.Bits >> (int)redemption.Meal) % 2 == 1);
        if (right is null) return Refuse(redemption, NotEntitled);
        if (_facts.Any(fact => fact.Kind == EntryKind.Redemption && fact.Day == day && fact.Meal == redemption.Meal && BackOf(fact).Length < fact.Lines.Length)) return Refuse(redemption, AlreadyRedeemed);
        if (Unconfirmed(redemption) is { } unconfirmed) return unconfirmed;
        return Grant(Served(redemption, now, EntryKind.Redemption) with
        {
            Purse = Purse.None, Amount = -CostOf(redemption.Lines), Contra = redemption.Seller, Payer = right.Funder, Meal = redemption.Meal,
        });
    }

    private NaiveAnswer? Unservable(Purchase purchase, CardRefusal card)
    {
        if (card != CardRefusal.None) return Refuse(purchase, (AccountRefusal)card);
        if (_isClosed) return Refuse(purchase, AccountClosed);
        if (purchase.Settlement is not null && purchase.Settlement.By is null) return Refuse(purchase, SettlementNotAllowed);
        var forbidden = Forbidden(purchase.Lines, purchase.Seller);
        if (forbidden.Length == 0 || purchase.Override?.By is not null) return null;
        return Refuse(purchase, purchase.Override is null ? AccountRefusal.StopList : OverrideNotAllowed, forbidden);
    }

    private NaiveAnswer? Unconfirmed(Purchase purchase)
    {
        var asked = IndexesOf(purchase.Lines, line => IsSoft(line, purchase.Seller));
        return asked.Length == 0 || purchase.IsConfirmed || purchase.Override?.By is not null ? null : Refuse(purchase, ConfirmationNeeded, asked);
    }

    private int[] Forbidden(SaleLine[] lines, ContraAccount seller) => IndexesOf(lines, line => IsHard(line, seller));

    private NaiveFact Served(Purchase purchase, Instant now, EntryKind kind)
    {
        var forbidden = Forbidden(purchase.Lines, purchase.Seller);
        return New(purchase, now, kind) with
        {
            Device = purchase.Device,
            Lines = purchase.Lines,
            OverriddenBy = forbidden.Length == 0 ? null : purchase.Override!.By,
            Overridden = forbidden,
            SettledBy = purchase.Settlement?.By,
        };
    }
}
