using Microsoft.Extensions.Logging;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Decisions;

namespace Zvonok.Terminals.Storage;

/// <summary>
/// The terminal's store as the rest of it sees it: its faults are answers. What must be kept and could not be written stays in memory and is written as soon as the file takes it; the caller is told. For one caller at a time.
/// </summary>
internal sealed class Keeper : IDisposable
{
    /// <summary>Facts that are kept in memory while the file takes nothing: a gate's day.</summary>
    private const int UnsavedMax = 10_000;

    private static readonly TimeSpan ReopenAfter = TimeSpan.FromSeconds(5);

    // Whoever comes after that long a pause is not the next in a queue.
    private static readonly TimeSpan RestAfter = TimeSpan.FromMilliseconds(500);
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly List<(OperationId Operation, byte[] Body, IReadOnlyCollection<(int, Instant?)> Moves)> _unsaved = [];
    private readonly HashSet<OperationId> _void = [];
    private readonly Action<StoreMoment>? _watch;
    private TerminalStore? _store;
    private long _triedAt;
    private long _appendedAt;
    private bool _isRested = true;

    public Keeper(string path, TimeProvider time, ILogger logger, Action<StoreMoment>? watch = null)
    {
        (_path, _time, _logger, _watch) = (path, time, logger, watch);
        Remembered = Try(store => store.Load(), new Remembered());
        Queued = Remembered.Queued;
    }

    /// <summary>What was there at the start.</summary>
    public Remembered Remembered { get; }

    /// <summary>How long the queue in the file is.</summary>
    public long Queued { get; private set; }

    public int Unsaved => _unsaved.Count;

    /// <summary>Why the file cannot be used; null: it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Where a broken file was put; null: it was not broken.</summary>
    public string? BrokenFile { get; private set; }

    /// <summary>Puts a fact into the queue. False: it is not on the disk, and will not come there.</summary>
    public bool Append(OperationId operation, byte[] body, Sold? sold)
    {
        SaveUnsaved();
        if (TryAppend(operation, body, sold, []) is { } isNew)
        {
            if (isNew) Queued++;
            return true;
        }

        // A commit that failed may have landed all the same: what was not sold must not be uploaded.
        _void.Add(operation);
        return false;
    }

    /// <summary>Puts a fact into the queue that counts whether it can be written or not: the door is open. False: it is not on the disk yet.</summary>
    public bool AppendOrHold(OperationId operation, byte[] body, IReadOnlyCollection<(int Handle, Instant? Since)> moves)
    {
        SaveUnsaved();
        if (_unsaved.Count == 0 && TryAppend(operation, body, null, moves) is { } isNew)
        {
            if (isNew) Queued++;
            return true;
        }

        if (_unsaved.Count < UnsavedMax) _unsaved.Add((operation, body, moves));
        return false;
    }

    /// <summary>True when a fact of that operation waits.</summary>
    public bool IsQueued(OperationId operation) => Try(store => store.IsQueued(operation), false);

    /// <summary>The next facts; throws <see cref="StoreException"/>.</summary>
    public IReadOnlyList<QueuedFact> Next(long after, int most)
    {
        SaveUnsaved();
        return Do(store =>
        {
            var facts = store.Next(after, most);
            while (_void.Count > 0 && facts.Any(fact => _void.Contains(fact.Operation)))
            {
                foreach (var fact in facts.Where(fact => _void.Remove(fact.Operation)))
                {
                    store.Withdraw(fact.Operation);
                    Queued--;
                }

                facts = store.Next(after, most);
            }

            return facts;
        });
    }

    /// <summary>The core has all up to there; throws <see cref="StoreException"/>. How many facts that were.</summary>
    public long Acknowledge(Acknowledged acknowledged, Instant at)
    {
        var count = Do(store => store.Acknowledge(acknowledged.Position, at, acknowledged.NotTaken));
        Queued -= count;
        return count;
    }

    /// <summary>The operations of the queue up to there; throws <see cref="StoreException"/>.</summary>
    public IReadOnlyList<OperationId> UpTo(long position) => Do(store => store.UpTo(position));

    /// <summary>What the core did not take.</summary>
    public IReadOnlyList<RejectedFact> NotTaken() => Do(store => store.NotTaken());

    public void ForgetNotTaken(long position) => Do(store => store.ForgetNotTaken(position));

    /// <summary>Writes what is good to have after a restart and no harm to lose.</summary>
    public void Note(Action<TerminalStore> write) => Try(
        store =>
        {
            write(store);
            return true;
        },
        false);

    /// <summary>How many pieces the list is in.</summary>
    public long ListParts => Try(store => store.ListParts, 0);

    /// <summary>Once after somebody was at the terminal, when nobody is: the file's log is gone over, which takes some milliseconds that nobody has to wait for then.</summary>
    public void Rest()
    {
        if (_isRested || _time.GetElapsedTime(_appendedAt) < RestAfter) return;
        _isRested = true;
        Note(static store => store.Rest());
    }

    /// <summary>Writes what is still in memory.</summary>
    public void SaveUnsaved()
    {
        while (_unsaved.Count > 0)
        {
            var (operation, body, moves) = _unsaved[0];
            if (TryAppend(operation, body, null, moves) is not { } isNew) return;
            if (isNew) Queued++;
            _unsaved.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SaveUnsaved();
        _store?.Dispose();
    }

    // Null: it could not be written.
    private bool? TryAppend(OperationId operation, byte[] body, Sold? sold, IReadOnlyCollection<(int, Instant?)> moves)
    {
        (_appendedAt, _isRested) = (_time.GetTimestamp(), false);
        return Try(store => store.Append(operation, body, sold, moves), default(bool?));
    }

    private T Try<T>(Func<TerminalStore, T> work, T otherwise)
    {
        try
        {
            return Do(work);
        }
        catch (StoreException)
        {
            return otherwise;
        }
    }

    private void Do(Action<TerminalStore> work) => Do(store =>
    {
        work(store);
        return true;
    });

    private T Do<T>(Func<TerminalStore, T> work)
    {
        try
        {
            var result = work(_store ??= Open());
            Fault = null;
            return result;
        }
        catch (StoreException exception)
        {
            if (Fault is null) Log.StoreFailed(_logger, exception);
            Fault = exception.Message;
            if (exception.IsBroken) Reopen();
            throw;
        }
    }

    private TerminalStore Open()
    {
        // A disk that does not let itself be opened costs nobody at the gate time.
        if (Fault is not null && _time.GetElapsedTime(_triedAt) < ReopenAfter) throw new StoreException(Fault, isBroken: false);
        _triedAt = _time.GetTimestamp();
        var (store, aside) = StoreFile.Open(_path, _time);
        store.Watch = _watch;
        if (aside is null) return store;
        BrokenFile = aside;
        Queued = store.Load().Queued;
        Log.StorePutAside(_logger, aside);
        return store;
    }

    // The next one who needs it finds out whether it is really broken.
    private void Reopen()
    {
        _store?.Dispose();
        _store = null;
    }
}
