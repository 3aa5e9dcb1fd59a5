namespace Zvonok.Grains.Journal;

/// <summary>The durable record of entries and passages: the way in.</summary>
public interface IJournal
{
    /// <summary>
    /// Commits all rows of the append in one transaction, together with whatever else has gathered, and returns when they
    /// are durable. The rows of an append are all there or none is.
    /// </summary>
    /// <exception cref="JournalOverloadedException">The queue is full; nothing was written.</exception>
    /// <exception cref="JournalUnavailableException">The database does not answer; the rows may or may not have been written.</exception>
    ValueTask<AppendOutcome> Append(AccountAppend append);

    /// <inheritdoc cref="Append(AccountAppend)"/>
    ValueTask<AppendOutcome> Append(BuildingAppend append);
}

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Committed,

    /// <summary>Another activation wrote that sequence number before: whoever appended is stale and knows nothing.</summary>
    Fenced,

    /// <summary>The bank reference is taken by another top-up (M9); nothing was written.</summary>
    ReferenceTaken,
}

/// <summary>Rows of one account, written all or none.</summary>
public sealed record AccountAppend
{
    /// <summary>One entry, which is the usual case.</summary>
    public AccountAppend(Entry entry) => Entries = [entry];

    /// <summary>Several entries with consecutive numbers.</summary>
    public AccountAppend(Entry[] entries)
    {
        if (entries.Length == 0) throw new ArgumentException("An append has at least one entry.", nameof(entries));
        for (var i = 1; i < entries.Length; i++)
            if (entries[i].Seq != entries[0].Seq + i || entries[i].Account != entries[0].Account)
                throw new ArgumentException("The entries of an append belong to one account and follow one another.", nameof(entries));
        Entries = entries;
    }

    /// <summary>The entries, by ascending number.</summary>
    public Entry[] Entries { get; }

    /// <summary>The profile that the last of them changed; null when none did.</summary>
    public AccountProfile? Profile { get; init; }

    /// <summary>The bank reference that the first of them uses up; null when it is no top-up.</summary>
    public BankReference? Reference { get; init; }

    /// <summary>The transfer to another account that the first of them begins (M11); null usually.</summary>
    public OpenTransfer? Begun { get; init; }

    /// <summary>The transfer that the first of them ends: the entry with which it left; null usually.</summary>
    public EntryKey? Ended { get; init; }

    /// <summary>The orders that they place (M6); none usually.</summary>
    public OpenOrder[] OrdersPlaced { get; init; } = [];

    /// <summary>The entries of the orders that they end (M6); none usually.</summary>
    public long[] OrdersEnded { get; init; } = [];
}

/// <summary>Rows of one building, written all or none.</summary>
public sealed record BuildingAppend
{
    /// <summary>One passage, which is the usual case.</summary>
    public BuildingAppend(Passage passage) => Passages = [passage];

    /// <summary>Several passages with consecutive numbers.</summary>
    public BuildingAppend(Passage[] passages)
    {
        if (passages.Length == 0) throw new ArgumentException("An append has at least one passage.", nameof(passages));
        for (var i = 1; i < passages.Length; i++)
            if (passages[i].Seq != passages[0].Seq + i || passages[i].Building != passages[0].Building)
                throw new ArgumentException("The passages of an append belong to one building and follow one another.", nameof(passages));
        Passages = passages;
    }

    /// <summary>The passages, by ascending number.</summary>
    public Passage[] Passages { get; }

    /// <summary>Who was inside before one of them, once in a while; null usually.</summary>
    public PresenceCheckpoint? Checkpoint { get; init; }
}

/// <summary>Who was inside a building after one of its passages, so that activation need not start at the first.</summary>
/// <param name="Building">Which building.</param>
/// <param name="Seq">The last passage counted in.</param>
/// <param name="Today">The latest calendar day of a passage.</param>
/// <param name="Presence">Who was inside, and what decides it when something comes late.</param>
public sealed record PresenceCheckpoint(BuildingId Building, long Seq, LocalDate Today, PresenceSnapshot Presence)
{
    /// <summary>What a roll call tells of them besides (S2); none in checkpoints that are older than that.</summary>
    public RollCallNote[] RollCall { get; init; } = [];
}
