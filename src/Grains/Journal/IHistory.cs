using Zvonok.Domain.Reports;

namespace Zvonok.Grains.Journal;

/// <summary>
/// What the journal tells families (A3, A4): committed rows, read past the grains, so that a family's reading wakes up no account and waits for none. Every method
/// throws <see cref="JournalUnavailableException"/> when the database does not answer in time; that holds up no tap and no sale.
/// </summary>
public interface IHistory
{
    /// <summary>The account's IANA zone; null when nobody registered it.</summary>
    Task<string?> FindZone(AccountNumber account);

    /// <summary>
    /// A page of an account's entries and passages, by the time at which they were recorded, newest first. Pages that follow one another hold every record that was there
    /// before the first of them once; what is recorded meanwhile shifts none of them, and is on none of them but when its time lies behind the page that was read last.
    /// </summary>
    /// <param name="account">Whose.</param>
    /// <param name="filter">Which of them; the same for all pages.</param>
    /// <param name="from">Where the page starts.</param>
    /// <param name="count">Records at most. A page may have fewer, or none, and others follow all the same.</param>
    /// <returns>Null when nobody registered the account.</returns>
    Task<HistoryPage?> List(AccountNumber account, HistoryFilter filter, HistoryPlace from, int count);

    /// <summary>What is to be known of some days; null when nobody registered the account. Throws <see cref="ReportTooLargeException"/> beyond some thousand rows.</summary>
    Task<AccountFacts?> Read(AccountNumber account, ReportSpan span);
}

/// <summary>What the journal knows of an account's days.</summary>
/// <param name="ZoneId">The account's IANA zone, whose days they are.</param>
/// <param name="Facts">What happened.</param>
public sealed record AccountFacts(string ZoneId, ReportFacts Facts);

/// <summary>Which records of a history.</summary>
/// <param name="Kinds">The kinds; none: all of them.</param>
/// <param name="First">The first calendar day of the account's zone on which they happened; null: from the beginning.</param>
/// <param name="Last">The last one; null: until now.</param>
public sealed record HistoryFilter(IReadOnlyCollection<HistoryKind> Kinds, LocalDate? First = null, LocalDate? Last = null)
{
    /// <summary>All records.</summary>
    public static readonly HistoryFilter All = new([]);

    /// <summary>True when it says something of days.</summary>
    public bool HasDays => First is not null || Last is not null;
}

/// <summary>Where a page starts: a place in each of the two tables, so that what comes into one shifts nothing in the other.</summary>
/// <param name="BeforeEntry">Entries with smaller numbers.</param>
/// <param name="BeforePassage">Passages before that one in the history's order; null only for the newest page.</param>
public readonly record struct HistoryPlace(long BeforeEntry, PassagePlace? BeforePassage)
{
    /// <summary>The newest page.</summary>
    public static readonly HistoryPlace Newest = new(long.MaxValue, null);
}

/// <summary>A passage's place in the history's order.</summary>
/// <param name="RecordedAt">Decides first.</param>
/// <param name="Building">Decides between passages of one millisecond.</param>
/// <param name="Seq">Decides between passages of one millisecond and building.</param>
public readonly record struct PassagePlace(Instant RecordedAt, BuildingId Building, long Seq)
{
    /// <summary>Before it is all that was recorded up to a moment.</summary>
    public static PassagePlace UpTo(Instant moment) => new(moment, new BuildingId(Limits.IdMax), long.MaxValue);
}

/// <summary>One of the two.</summary>
/// <param name="Entry">Null for a passage.</param>
/// <param name="Passage">Null for an entry.</param>
public readonly record struct HistoryRecord(Entry? Entry, Passage? Passage)
{
    /// <summary>When it was recorded.</summary>
    public Instant RecordedAt => Entry?.RecordedAt ?? Passage!.RecordedAt;
}

/// <summary>A page of a history.</summary>
/// <param name="Records">Newest first.</param>
/// <param name="Next">Where the next page starts; null when this one is the last.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryRecord> Records, HistoryPlace? Next);
