namespace Zvonok.Domain.Accounts;

/// <summary>What a fee is for (M13). Stored: never renumbered.</summary>
public enum FeeKind
{
    /// <summary>A new card in place of a lost one.</summary>
    CardReplacement = 1,
}

/// <summary>What a fee costs, at one school or at all that have no policy of their own (M13).</summary>
/// <param name="Building">The school; null for the city.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Amount">What it costs; zero: it is waived.</param>
public sealed record FeePolicy(BuildingId? Building, FeeKind Kind, Money Amount);
