using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

/// <summary>Who may answer for a child's meal at a till: override a stop list (M3), settle a class (M7).</summary>
public static class EmployeeRules
{
    /// <summary>The employee whose card was shown; null when it is nobody who may there.</summary>
    /// <param name="card">The card that was shown; null for one that nobody registered.</param>
    /// <param name="holder">Whose it is; null for an account that nobody registered.</param>
    /// <param name="building">The till's.</param>
    /// <param name="at">When.</param>
    public static AccountNumber? WhoMay(Card? card, AccountProfile? holder, BuildingId building, Instant at) =>
        CardRules.Check(card, at) == CardRefusal.None && card!.Rights.Allow(building) && holder is { Kind: AccountKind.Employee, IsClosed: false } ? holder.Number : null;
}
