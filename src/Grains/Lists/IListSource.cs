using Zvonok.Domain.Lists;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Lists;

/// <summary>
/// What lists are made of, and which versions there have been. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer; nobody else waits for these reads.
/// </summary>
public interface IListSource
{
    /// <summary>All about a building that a list of its tells of, in one way to the database and back; null when nobody registered it.</summary>
    /// <param name="name">Which list. Of what gates are not told, nothing is read for them: accounts are without money, orders and wishes.</param>
    /// <param name="from">The first calendar day of orders to look for.</param>
    /// <param name="until">The last.</param>
    /// <exception cref="ListTooLargeException">More than <see cref="Limits.ListedCardsMax"/> cards open it.</exception>
    Task<ListReading?> Read(ListName name, LocalDate from, LocalDate until);

    /// <summary>Gives handles to accounts that have none at a building. A handle is its account's for ever.</summary>
    Task Enroll(BuildingId building, IReadOnlyCollection<AccountNumber> accounts);

    /// <summary>Takes the next version for a list whose newest one, as it was read, is <paramref name="after"/>.</summary>
    /// <param name="name">Which list.</param>
    /// <param name="after">The version that was read; 0 for none.</param>
    /// <param name="digest">Of the content that the new version has.</param>
    /// <param name="now">The server's time.</param>
    /// <returns>The version; null when somebody else has taken one since, and has perhaps read what is newer.</returns>
    Task<long?> TakeVersion(ListName name, long after, ListDigest digest, Instant now);
}

/// <summary>Which list.</summary>
/// <param name="Building">Of which building.</param>
/// <param name="Audience">For its gates, its tills or its validators.</param>
/// <param name="KeyId">Under which key.</param>
public readonly record struct ListName(BuildingId Building, DeviceKind Audience, uint KeyId);

/// <summary>The newest version of a list.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Digest">Of its content.</param>
public readonly record struct ListVersion(long Version, ListDigest Digest);

/// <summary>What was read of a building.</summary>
/// <param name="Facts">What its list is made of.</param>
/// <param name="Newest">The list's newest version; number 0 when it was never made.</param>
public sealed record ListReading(ListFacts Facts, ListVersion Newest);

/// <summary>More cards open the building than a list may have: asking again does not help.</summary>
[GenerateSerializer, Alias("zvonok.ListTooLarge")]
public sealed class ListTooLargeException(string message) : Exception(message);
