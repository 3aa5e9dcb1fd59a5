using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>What a museum, a library or a pool may know of a card (P10).</summary>
public static class ServicePointRules
{
    /// <summary>What the holder of a good card is; null for a card that is not good, whyever.</summary>
    /// <param name="card">The card that was shown; null for one that nobody registered.</param>
    /// <param name="holder">Whose it is; null for an account that nobody registered.</param>
    /// <param name="now">The server's time.</param>
    public static AccountKind? Verify(Card? card, AccountProfile? holder, Instant now) =>
        CardRules.Check(card, now) == CardRefusal.None && holder is { IsClosed: false } ? holder.Kind : null;
}
