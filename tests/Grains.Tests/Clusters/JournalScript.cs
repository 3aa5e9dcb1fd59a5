using System.Collections.Concurrent;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>What the journal does with one append, given the way to commit it really.</summary>
public delegate ValueTask<AppendOutcome> JournalStep(Func<ValueTask<AppendOutcome>> commit);

/// <summary>What shall happen to the next appends, in order; those after are simply committed. A script of one account (<see cref="Of"/>) goes before that of all.</summary>
public sealed class JournalScript
{
    private readonly ConcurrentQueue<JournalStep> _steps = new();
    private readonly ConcurrentDictionary<AccountNumber, JournalScript> _ofAccounts = new();
    private int _appends;

    /// <summary>While it is, nothing is written and nothing read: whoever tries hears so at once, as a journal that knows itself to be away says it.</summary>
    public bool IsAway { get; set; }

    /// <summary>Appends that grains handed over.</summary>
    public int Appends => Volatile.Read(ref _appends);

    /// <summary>What shall happen to the next appends of one account, while others go on.</summary>
    public JournalScript Of(AccountNumber account) => _ofAccounts.GetOrAdd(account, static _ => new JournalScript());

    /// <summary>The next append is simply committed.</summary>
    public void PassNext() => _steps.Enqueue(static commit => commit());

    /// <summary>Nothing is written, and the caller cannot know.</summary>
    public void FailNext() => _steps.Enqueue(static _ => throw new JournalUnavailableException("Played: the database does not answer."));

    /// <summary>The rows are written, and the answer is lost on its way.</summary>
    public void LoseNextAnswer() => _steps.Enqueue(static async commit =>
    {
        (await commit()).ShouldBe(AppendOutcome.Committed);
        throw new JournalUnavailableException("Played: the connection broke after the commit.");
    });

    /// <summary>Somebody else has written that number.</summary>
    public void FenceNext() => _steps.Enqueue(static _ => new(AppendOutcome.Fenced));

    /// <summary>The queue is full.</summary>
    public void OverloadNext() => _steps.Enqueue(static _ => throw new JournalOverloadedException("Played: the queue is full."));

    /// <summary>The next append waits at a barrier before it is committed.</summary>
    public HeldAppend HoldNext()
    {
        var barrier = new HeldAppend();
        _steps.Enqueue(barrier.Pass);
        return barrier;
    }

    /// <summary>Throws while it is away.</summary>
    internal void ThrowIfAway()
    {
        if (IsAway) throw new JournalUnavailableException("Played: the database is away.");
    }

    internal ValueTask<AppendOutcome> Play(Func<ValueTask<AppendOutcome>> commit)
    {
        ThrowIfAway();
        Interlocked.Increment(ref _appends);
        return _steps.TryDequeue(out var step) ? step(commit) : commit();
    }

    internal ValueTask<AppendOutcome> Play(AccountNumber account, Func<ValueTask<AppendOutcome>> commit) =>
        _ofAccounts.TryGetValue(account, out var script) && script._steps.TryDequeue(out var step) ? step(() => Play(commit)) : Play(commit);
}

/// <summary>Holds an append until the test lets it go.</summary>
public sealed class HeldAppend
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the append is here.</summary>
    public Task Reached => _reached.Task.WaitAsync(TestCluster.Deadline);

    public void Release() => _released.TrySetResult();

    internal async ValueTask<AppendOutcome> Pass(Func<ValueTask<AppendOutcome>> commit)
    {
        _reached.TrySetResult();
        await _released.Task;
        return await commit();
    }
}

/// <summary>The real journal behind a script.</summary>
internal sealed class ScriptedJournal(IJournal journal, JournalScript script) : IJournal
{
    public ValueTask<AppendOutcome> Append(AccountAppend append) => script.Play(append.Entries[0].Account, () => journal.Append(append));

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => script.Play(() => journal.Append(append));
}
