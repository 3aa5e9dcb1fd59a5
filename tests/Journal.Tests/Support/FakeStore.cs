using Zvonok.Journal.Commit;

namespace Zvonok.Journal.Tests.Support;

/// <summary>What goes wrong in a call of the store.</summary>
internal enum Fault
{
    None,

    /// <summary>The connection breaks before anything is written.</summary>
    Before,

    /// <summary>Everything is written, and the connection breaks before the answer.</summary>
    After,
}

/// <summary>A store in memory that keeps the promises of one, can be held up, and fails on demand.</summary>
internal sealed class FakeStore : IJournalStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _begun = new(0);
    private volatile SemaphoreSlim? _gate;

    /// <summary>The keys of every transaction begun, in order.</summary>
    public List<JournalKey[]> Batches { get; } = [];

    /// <summary>What is written.</summary>
    public Dictionary<JournalKey, OperationId> Rows { get; } = [];

    public HashSet<string> References { get; } = [];

    /// <summary>Rows whose content is refused.</summary>
    public HashSet<JournalKey> Poison { get; } = [];

    /// <summary>What goes wrong in the next commits; nothing when empty.</summary>
    public Queue<Fault> CommitFaults { get; } = new();

    /// <summary>What goes wrong in the next reads.</summary>
    public Queue<Fault> ReadFaults { get; } = new();

    /// <summary>From now on commits wait, deaf to deadlines, until they are let through.</summary>
    public void Hold() => _gate = new SemaphoreSlim(0);

    /// <summary>Lets everything through again.</summary>
    public void LetGo() => Interlocked.Exchange(ref _gate, null)?.Release(1_000);

    /// <summary>Returns when one more commit has begun.</summary>
    public async Task CommitBegun() => (await _begun.WaitAsync(Patience)).ShouldBeTrue("no commit began");

    public async Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
    {
        lock (_lock) Batches.Add([.. batch.Select(append => append.Key)]);
        _begun.Release();
        if (_gate is { } gate) await gate.WaitAsync(Patience, CancellationToken.None);
        lock (_lock)
        {
            var fault = CommitFaults.TryDequeue(out var next) ? next : Fault.None;
            if (fault == Fault.Before) throw new IOException("The connection broke before the commit.");
            Write(batch);
            if (fault == Fault.After) throw new IOException("The connection broke after the commit.");
        }
    }

    public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline)
    {
        lock (_lock)
        {
            if (ReadFaults.TryDequeue(out var fault) && fault != Fault.None) throw new IOException("The connection broke while reading.");
            return Task.FromResult(Keys(append).All(row => Rows.TryGetValue(row.Key, out var operation) && operation == row.Operation));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(IReadOnlyList<PendingAppend> batch)
    {
        var rows = batch.SelectMany(Keys).ToList();
        if (rows.Exists(row => Poison.Contains(row.Key))) throw new JournalPoisonException(new InvalidDataException("Refused."));
        if (rows.Exists(row => Rows.ContainsKey(row.Key))) throw new JournalConflictException(isReference: false, new InvalidDataException("Taken."));
        var references = batch.Select(append => append.Account?.Reference?.Reference).OfType<string>().ToList();
        if (references.Exists(References.Contains)) throw new JournalConflictException(isReference: true, new InvalidDataException("Taken."));
        foreach (var (key, operation) in rows) Rows.Add(key, operation);
        References.UnionWith(references);
    }

    private static IEnumerable<(JournalKey Key, OperationId Operation)> Keys(PendingAppend append) =>
        append.Marks.Select(mark => (append.Key with { Seq = mark.Seq }, mark.Operation));
}
