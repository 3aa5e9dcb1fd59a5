using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

/// <summary>Who may answer for a child: override a stop list (M3), settle a class (M7), admit it without its card (P6); and for a building (S1–S3).</summary>
public static class EmployeeRules
{
    /// <summary>The employee whose card was shown; null when it is nobody who may there.</summary>
    /// <param name="card">The card that was shown; null for one that nobody registered.</param>
    /// <param name="holder">Whose it is; null for an account that nobody registered.</param>
    /// <param name="building">The till's.</param>
    /// <param name="at">When.</param>
    /// <param name="zoneId">The building's IANA zone.</param>
    public static AccountNumber? WhoMay(Card? card, AccountProfile? holder, BuildingId building, Instant at, string zoneId) =>
        CardRules.Check(card, at) == CardRefusal.None && card!.Rights.Check(building, at, zoneId) == AccessVerdict.Allowed && holder is { Kind: AccountKind.Employee, IsClosed: false } ? holder.Number : null;
}
