using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Accounts;

/// <summary>Somebody asks that a sale be made although the family's stop list forbids it (M3).</summary>
/// <param name="By">The employee who may do so; null when whoever asks may not.</param>
/// <param name="Reason">Why: 1 to <see cref="Limits.ReasonLengthMax"/> characters, for the family to read.</param>
[GenerateSerializer, Immutable, Alias("zvonok.OverrideRequest")]
public sealed record OverrideRequest([property: Id(0)] AccountNumber? By, [property: Id(1)] string Reason);

/// <summary>A sale was made although the family's stop list forbids it (M3).</summary>
/// <param name="By">The employee who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Lines">The lines that were forbidden.</param>
[GenerateSerializer, Immutable, Alias("zvonok.StopOverride")]
public sealed record StopOverride([property: Id(0)] AccountNumber By, [property: Id(1)] string Reason, [property: Id(2)] LineSet Lines);

/// <summary>Who may override a stop list (M3).</summary>
public static class OverrideRules
{
    /// <summary>The employee whose card was shown; null when it is nobody who may override there.</summary>
    /// <param name="card">The card that was shown; null for one that nobody registered.</param>
    /// <param name="holder">Whose it is; null for an account that nobody registered.</param>
    /// <param name="building">The till's.</param>
    /// <param name="at">When.</param>
    public static AccountNumber? WhoMay(Card? card, AccountProfile? holder, BuildingId building, Instant at) =>
        CardRules.Check(card, at) == CardRefusal.None && card!.Rights.Allow(building) && holder is { Kind: AccountKind.Employee, IsClosed: false } ? holder.Number : null;
}
