using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Lists;

/// <summary>A card that opens the building.</summary>
/// <param name="Token">Its name there.</param>
/// <param name="State">Active, lost or blocked: what else it could be is not on the list, and refused as unknown.</param>
/// <param name="ExpiresAt">When it stops working, to the second; null: never.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ListedCard")]
public sealed record ListedCard([property: Id(0)] ListToken Token, [property: Id(1)] CardState State, [property: Id(2)] Instant? ExpiresAt)
{
    /// <summary>What says when it opens the building, and when not (P4); none usually.</summary>
    [Id(3)]
    public AccessRule[] Rules { get; init; } = [];

    /// <summary>True for a card that opens the building by its rules alone.</summary>
    [Id(4)]
    public bool IsByRulesOnly { get; init; }

    /// <summary>True for a card that belongs on a list: somebody may still present it.</summary>
    public static bool IsListed(Card card) => card.State is CardState.Active or CardState.Lost or CardState.Blocked;

    /// <summary>A card as it is called on the lists of a building.</summary>
    public static ListedCard Of(Card card, BuildingId building, ListToken token) => new(token, card.State, card.ExpiresAt is { } end ? Instant.FromUnixTimeSeconds(end.ToUnixTimeSeconds()) : null)
    {
        Rules = [.. card.Rights.Rules.Where(rule => rule.IsAbout(building))],
        IsByRulesOnly = !card.Rights.Names(building),
    };

    /// <summary>What it may do at the building, as the card's own <see cref="AccessRights"/> tell it.</summary>
    public AccessRights Rights(BuildingId building) => new(IsByRulesOnly ? default : building, [], Rules);

    /// <inheritdoc/>
    public bool Equals(ListedCard? other) =>
        other is not null && (Token, State, ExpiresAt, IsByRulesOnly) == (other.Token, other.State, other.ExpiresAt, other.IsByRulesOnly) && Rules.AsSpan().SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Token, State, ExpiresAt, Rules.Length);

    internal void Write(DigestWriter digest)
    {
        digest.Add((long)Token.Value);
        digest.Add((long)State);
        digest.Add(ExpiresAt?.ToUnixTimeSeconds() ?? 0);
        digest.Add(IsByRulesOnly ? 1 : 0);
        digest.Add(Rules.Length);
        foreach (var rule in Rules) Write(digest, rule);
    }

    private static void Write(DigestWriter digest, AccessRule rule)
    {
        digest.Add(rule.IsDeny ? 1 : 0);
        digest.Add(rule.Building?.Value ?? 0);
        digest.Add(rule.Weekdays.Bits);
        digest.Add(rule.Hours?.First ?? 0);
        digest.Add(rule.Hours?.End ?? 0);
        digest.Add(rule.From is { } from ? from : new LocalDate(1970, 1, 1));
        digest.Add(rule.Until is { } until ? until : new LocalDate(1970, 1, 1));
    }
}
