using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Reports;

/// <summary>What the purses of an account hold.</summary>
/// <param name="Meal">The meal purse; negative when a hot meal was had on credit.</param>
/// <param name="Transport">The transport purse.</param>
public readonly record struct Balances(Money Meal, Money Transport)
{
    /// <summary>Nothing, as before the first entry.</summary>
    public static readonly Balances None;

    /// <summary>As an entry left them.</summary>
    public static Balances After(Entry? entry) => entry is null ? None : new(entry.MealAfter, entry.TransportAfter);
}
