using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>What an installation allows with cards.</summary>
/// <param name="OneActiveCard">Whether an account may have one card in use besides temporary ones (C3), or as many as it likes.</param>
/// <param name="BlockClones">Whether a card of which a clone was seen is blocked, or flagged alone (C8).</param>
public sealed record CardPolicy(bool OneActiveCard = true, bool BlockClones = false);

/// <summary>All that decides a command to a card, as it is when it is decided.</summary>
public sealed record CardFacts
{
    /// <summary>The card that the command names; null when nobody registered it.</summary>
    public Card? Card { get; init; }

    /// <summary>The card that shall take its place; null when nobody registered it, or there is none.</summary>
    public Card? Successor { get; init; }

    /// <summary>The account of the employee who asks; null when a device asks, or nobody registered it.</summary>
    public AccountProfile? Employee { get; init; }

    /// <summary>The account that shall have a card in use, or whom a visitor wants to see; null when nobody registered it.</summary>
    public AccountProfile? Holder { get; init; }

    /// <summary>The number of the account that a visitor gets; null for all other commands.</summary>
    public AccountNumber? Visitor { get; init; }

    /// <summary>What its meal purse has.</summary>
    public Money Meal { get; init; }

    /// <summary>Its cards that are active.</summary>
    public IReadOnlyList<Card> Active { get; init; } = [];

    /// <summary>What the replacement of a lost card costs at that school; zero: it is waived (M13).</summary>
    public Money Fee { get; init; }

    /// <summary>The IANA zone of the school's days.</summary>
    public required string ZoneId { get; init; }

    /// <summary>What the installation allows.</summary>
    public required CardPolicy Policy { get; init; }

    /// <summary>The server's time.</summary>
    public required Instant Now { get; init; }
}
