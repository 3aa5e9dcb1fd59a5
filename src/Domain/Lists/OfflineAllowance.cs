using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Lists;

/// <summary>What a till may sell to a person while it has no connection (O2), and a validator take for rides (M10), in kopecks: on one day, all of it since the list was made together.</summary>
/// <param name="Total">In all.</param>
/// <param name="Buffet">Of that in the buffet, which is never on credit (M4).</param>
/// <param name="HotMeal">Of that on hot meals.</param>
[GenerateSerializer, Immutable, Alias("zvonok.OfflineAllowance")]
public readonly record struct OfflineAllowance([property: Id(0)] Money Total, [property: Id(1)] Money Buffet, [property: Id(2)] Money HotMeal)
{
    /// <summary>Nothing is sold.</summary>
    public static readonly OfflineAllowance None;

    /// <summary>
    /// As much as policy allows, and never more than the meal purse holds and credit adds for hot meals (M4), nor than the family's limits leave of the day (M2). Whoever has more in the purse than
    /// policy allows has the same allowance whatever is in it: a list does not tell who is rich, and a sale does not change it.
    /// </summary>
    /// <param name="account">As it is.</param>
    /// <param name="policy">The most that a till may sell.</param>
    /// <param name="creditFloor">How low a hot meal may take the purse; zero or below.</param>
    /// <param name="day">The calendar day.</param>
    public static OfflineAllowance Of(in AccountState account, Money policy, Money creditFloor, LocalDate day)
    {
        if (account.Profile.IsClosed) return None;
        var (profile, spent) = (account.Profile, AccountRules.SpentOn(account, day) ?? DaySpending.None);
        var total = Least(policy, account.Meal - creditFloor, Left(profile.DailyLimit, spent.Total));
        return new OfflineAllowance(total, Least(total, account.Meal, Left(profile.BuffetLimit, spent.Buffet)), Least(total, total, Left(profile.HotMealLimit, spent.HotMeal)));
    }

    /// <summary>
    /// The same for rides (M10): as much as policy allows, and never more than the transport purse holds, which has no credit, nor than the family's limit of rides leaves of the day.
    /// </summary>
    /// <param name="account">As it is.</param>
    /// <param name="policy">The most that a validator may take.</param>
    /// <param name="day">The calendar day.</param>
    public static OfflineAllowance OnRides(in AccountState account, Money policy, LocalDate day)
    {
        if (account.Profile.IsClosed) return None;
        var spent = AccountRules.SpentOn(account, day) ?? DaySpending.None;
        var total = Least(policy, account.Transport, Left(account.Profile.RideLimit, spent.Rides));
        return new OfflineAllowance(total, total, total);
    }

    private static Money? Left(Money? limit, Money spent) => limit is { } most ? most - spent : null;

    private static Money Least(Money one, Money other, Money? third)
    {
        var least = Math.Min(one.Kopecks, other.Kopecks);
        return new Money(Math.Max(0, third is { } left ? Math.Min(least, left.Kopecks) : least));
    }
}
