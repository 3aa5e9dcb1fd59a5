namespace Zvonok.Journal.Commit;

/// <summary>The writing half of a store. Used by one writer at a time.</summary>
internal interface IJournalStore : IAsyncDisposable
{
    /// <summary>Writes all rows, sorted by key, in one transaction; returns when they are durable.</summary>
    /// <exception cref="JournalConflictException">A key or bank reference is taken; everything is rolled back for certain.</exception>
    /// <exception cref="JournalPoisonException">The database refuses the content; everything is rolled back for certain.</exception>
    /// <remarks>Any other exception leaves the outcome unknown.</remarks>
    Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline);

    /// <summary>
    /// True when the append's first row is there as it would have written it. Another silo that was asked for the same operation may have decided it
    /// a moment earlier or later: its row has the same operation and other times, and is not ours to tell.
    /// </summary>
    Task<bool> HasLanded(PendingAppend append, CancellationToken deadline);
}

/// <summary>A key or a bank reference is taken.</summary>
internal sealed class JournalConflictException(bool isReference, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>True for a bank reference, false for the fence.</summary>
    public bool IsReference { get; } = isReference;
}

/// <summary>The database refuses a row for its content, and would refuse it again.</summary>
internal sealed class JournalPoisonException(Exception inner) : Exception(inner.Message, inner);
