using System.Threading.Tasks.Sources;

namespace Zvonok.Journal.Commit;

/// <summary>One append on its way: what is to be written, and who waits for it. Exactly one of the two parts is set.</summary>
internal sealed class PendingAppend : IValueTaskSource<AppendOutcome>
{
    private ManualResetValueTaskSourceCore<AppendOutcome> _core;

    public PendingAppend(AccountAppend account) => Account = account;

    public PendingAppend(BuildingAppend building) => Building = building;

    public AccountAppend? Account { get; }

    public BuildingAppend? Building { get; }

    /// <summary>True once a commit with it failed without telling its outcome.</summary>
    public bool MayHaveLanded { get; set; }

    /// <summary>When it was handed over, as a timestamp of the writer's clock.</summary>
    public long EnqueuedAt { get; set; }

    public ValueTask<AppendOutcome> Completion => new(this, _core.Version);

    /// <summary>The key of its first row.</summary>
    public JournalKey Key => Account is { } account
        ? new JournalKey(JournalStream.Account, account.Entries[0].Account.Value, account.Entries[0].Seq)
        : new JournalKey(JournalStream.Building, Building!.Passages[0].Building.Value, Building.Passages[0].Seq);

    /// <summary>What tells each of its rows from one that another silo has written, by ascending number.</summary>
    public RowMark[] Marks => Account is { } account
        ? [.. account.Entries.Select(static entry => new RowMark(entry.Seq, entry.Operation, entry.EventAt, entry.RecordedAt))]
        : [.. Building!.Passages.Select(static passage => new RowMark(passage.Seq, passage.Operation, passage.EventAt, passage.RecordedAt))];

    public void Complete(AppendOutcome outcome) => _core.SetResult(outcome);

    public void Fail(Exception exception) => _core.SetException(exception);

    AppendOutcome IValueTaskSource<AppendOutcome>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<AppendOutcome>.GetStatus(short token) => _core.GetStatus(token);

    // The caller's grain scheduler is captured, so completing a batch only queues the grains' turns.
    void IValueTaskSource<AppendOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}

/// <summary>A row's number, the operation that made it, when that happened and when it was decided; whole milliseconds.</summary>
internal readonly record struct RowMark(long Seq, OperationId Operation, Instant EventAt, Instant RecordedAt);

/// <summary>Which table a row lives in.</summary>
internal enum JournalStream
{
    Account,
    Building,
}

/// <summary>The key of a row, in the order in which rows are written: two silos that write in one order never deadlock.</summary>
internal readonly record struct JournalKey(JournalStream Stream, long Id, long Seq) : IComparable<JournalKey>
{
    public int CompareTo(JournalKey other) =>
        Stream != other.Stream ? Stream.CompareTo(other.Stream) :
        Id != other.Id ? Id.CompareTo(other.Id) :
        Seq.CompareTo(other.Seq);
}
