using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Cards;

/// <summary>
/// Cards as commands change them, and the log of it: who did what, where and why. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface ICardLog
{
    /// <summary>
    /// Writes cards, their lines of the log and the feed's facts, all in one transaction or none: none when a card has another version than the one before, when the operation has
    /// written already, or when the account's cards in use are not those that were seen. Then whoever decided is stale.
    /// </summary>
    Task<bool> Append(CardAppend append);

    /// <summary>What an operation has done, however long ago, by parts; nothing when it has done nothing.</summary>
    Task<IReadOnlyList<CardEvent>> Find(OperationId operation);

    /// <summary>The cards of an account that are active.</summary>
    Task<IReadOnlyList<Card>> ListActive(AccountNumber account);

    /// <summary>The cards of an account, whatever their state, by token.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="from">The first that may be among them.</param>
    /// <param name="count">At most.</param>
    Task<IReadOnlyList<Card>> List(AccountNumber account, CardToken from, int count);

    /// <summary>What was done with a card, the latest first.</summary>
    /// <param name="token">Which.</param>
    /// <param name="upTo">The version with which to begin.</param>
    /// <param name="count">At most.</param>
    Task<IReadOnlyList<CardEvent>> ListEvents(CardToken token, long upTo, int count);

    /// <summary>Cards of a school that were handed in at others and lie there since, by token (C5).</summary>
    /// <param name="home">Whose cards.</param>
    /// <param name="from">The first that may be among them.</param>
    /// <param name="count">At most.</param>
    Task<IReadOnlyList<CardEvent>> ListFound(BuildingId home, CardToken from, int count);

    /// <summary>The number of an account that nobody has, for a visitor (P7). It is gone, whether it is used or not.</summary>
    Task<AccountNumber> NextVisitor();

    /// <summary>The visits of a building, the latest first (P7).</summary>
    /// <param name="building">Where.</param>
    /// <param name="before">The last of the page before; null for the first page.</param>
    /// <param name="count">At most.</param>
    Task<IReadOnlyList<Visit>> ListVisits(BuildingId building, AccountNumber? before, int count);

    /// <summary>How many replacements are open, and the oldest of them, at most <paramref name="count"/>.</summary>
    Task<OpenReplacements> ListReplacements(int count);

    /// <summary>Nothing is left to do about a replacement. To be said as often as one likes.</summary>
    Task EndReplacement(OperationId operation);
}

/// <summary>Cards that become something else, written all or none.</summary>
/// <param name="Changes">The cards and their lines; of one card at most one.</param>
public sealed record CardAppend(IReadOnlyList<CardChange> Changes)
{
    /// <summary>The account that gets a card in use, and the active cards of it that were seen when that was decided; null when none does.</summary>
    public SeenCards? Seen { get; init; }

    /// <summary>The visit that a card is given for: its account is registered by this, as a visitor's (P7); null usually.</summary>
    public Visit? Visit { get; init; }

    /// <summary>The IANA zone of that account.</summary>
    public string VisitorZone { get; init; } = "";

    /// <summary>The replacement that it is; null when it is none.</summary>
    public OpenReplacement? Begun { get; init; }
}

/// <summary>The cards of an account that were active when something was decided.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Active">Which.</param>
public sealed record SeenCards(AccountNumber Account, IReadOnlyCollection<CardToken> Active);

/// <summary>Replacements of which something may be left to do.</summary>
/// <param name="Count">How many in all.</param>
/// <param name="Oldest">The oldest, oldest first.</param>
public sealed record OpenReplacements(long Count, IReadOnlyList<OpenReplacement> Oldest);
