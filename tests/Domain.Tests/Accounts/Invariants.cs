using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>What holds after every step, whatever was asked for.</summary>
internal static class Invariants
{
    public static void Check(Ledger ledger, NaiveAccount model, Entry? newest, Instant? at, Instant now)
    {
        var account = ledger.Account;

        account.Meal.Kopecks.ShouldBe(model.Meal);
        account.Transport.Kopecks.ShouldBe(model.Transport);
        account.Seq.ShouldBe(model.Count);
        // A purse goes below zero by sales on credit alone, and never below their floor.
        if (newest is { Kind: EntryKind.Sale }) account.Meal.ShouldBeGreaterThanOrEqualTo(newest.CreditFloor);
        if (newest is { CreditFloor.Kopecks: < 0 }) (newest.Kind, newest.OnCredit > Money.Zero).ShouldBe((EntryKind.Sale, true));
        account.Transport.ShouldBeGreaterThanOrEqualTo(Money.Zero);
        account.Meal.Kopecks.ShouldBeLessThanOrEqualTo(Limits.BalanceMax);
        account.Transport.Kopecks.ShouldBeLessThanOrEqualTo(Limits.BalanceMax);

        // The trial balance: what the purses hold, the contra accounts lack.
        var contra = -ledger.Entries.Where(entry => entry.Contra != ContraAccount.None).Aggregate(Money.Zero, (sum, entry) => sum + entry.Amount);
        var budgets = ledger.Entries.Where(entry => entry.Payer != ContraAccount.None).Aggregate(Money.Zero, (sum, entry) => sum + entry.Amount);
        (account.Meal + account.Transport + contra + budgets).ShouldBe(Money.Zero);

        account.Redeemed.ShouldBe(ledger.RedeemedByEntries(account.RedeemedOn));

        // The day of spending is remembered as the entries have it.
        account.Spent.ShouldBe(ledger.SpentByEntries(account.SpentOn));
        account.Spent.HotMeal.ShouldBeGreaterThanOrEqualTo(Money.Zero);
        account.Spent.Buffet.ShouldBeGreaterThanOrEqualTo(Money.Zero);
        account.Spent.Rides.ShouldBeGreaterThanOrEqualTo(Money.Zero);

        if (newest is not null) CheckNewest(ledger, model, newest, at, now);
    }

    private static void CheckNewest(Ledger ledger, NaiveAccount model, Entry newest, Instant? at, Instant now)
    {
        var before = ledger.Entries.Count > 1 ? ledger.Entries[^2] : null;

        newest.Seq.ShouldBe((before?.Seq ?? 0) + 1);
        newest.MealAfter.ShouldBe((before?.MealAfter ?? Money.Zero) + (newest.Purse == Purse.Meal ? newest.Amount : Money.Zero));
        newest.TransportAfter.ShouldBe((before?.TransportAfter ?? Money.Zero) + (newest.Purse == Purse.Transport ? newest.Amount : Money.Zero));
        newest.RecordedAt.ShouldBeGreaterThanOrEqualTo(before?.RecordedAt ?? Instant.MinValue);
        newest.EventAt.ShouldBeLessThanOrEqualTo(now);
        AccountState.From(ledger.Account.Profile, newest).ShouldBe(ledger.Account);

        if (newest.Kind == EntryKind.Ride && ledger.Account.Profile.RideLimit is { } rideLimit) ledger.SpentByEntries(newest.LimitDay).Rides.ShouldBeLessThanOrEqualTo(rideLimit);
        if (newest.Kind != EntryKind.Sale) return;
        DayNumber(newest.LimitDay).ShouldBe(model.DayOf(at?.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds()));
        var spent = ledger.SpentByEntries(newest.LimitDay);
        spent.Total.Kopecks.ShouldBe(model.SpentOn(DayNumber(newest.LimitDay)));
        if (ledger.Account.Profile.DailyLimit is { } limit) spent.Total.ShouldBeLessThanOrEqualTo(limit);
        var bought = DaySpending.Of(newest.Lines);
        if (ledger.Account.Profile.HotMealLimit is { } hotMealLimit && bought.HotMeal > Money.Zero) spent.HotMeal.ShouldBeLessThanOrEqualTo(hotMealLimit);
        if (ledger.Account.Profile.BuffetLimit is { } buffetLimit && bought.Buffet > Money.Zero) spent.Buffet.ShouldBeLessThanOrEqualTo(buffetLimit);
    }

    private static long DayNumber(LocalDate day) => Period.DaysBetween(new LocalDate(1970, 1, 1), day);
}
