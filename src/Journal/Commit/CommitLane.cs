namespace Zvonok.Journal.Commit;

/// <summary>
/// A writer of the journal with a connection of its own: takes all that has gathered while its last commit was running, and commits it as one transaction.
/// The first writer takes whatever there is, at once; any other only what is worth a transaction beside the first one's.
/// </summary>
internal sealed class CommitLane
{
    /// <summary>Between two tries: a database that has just failed is not hammered.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly IJournalStore _store;
    private readonly CrowdQueue<PendingAppend> _queue;
    private readonly CommitLane _first;
    private readonly JournalHealth _health;
    private readonly JournalMetrics _metrics;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // True from a commit of unknown outcome until the next batch: what waited meanwhile waited for the database, not for its turn.
    private bool _wasInterrupted;

    // When the batch before was done with; never while one is committed. What came to the first writer later and waits all the same waits for no other:
    // the process stood still.
    private long _freeSince;

    // What the store was left with when the deadline came. Until it has ended nothing else is given to the store.
    private Task _abandoned = Task.CompletedTask;

    /// <param name="store">Nobody else's.</param>
    /// <param name="queue">What waits.</param>
    /// <param name="first">The first writer; null: this one.</param>
    /// <param name="health">Whether the database answers.</param>
    /// <param name="metrics">Told of every transaction.</param>
    /// <param name="options">Limits and deadlines.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="logger">Told what went wrong.</param>
    public CommitLane(
        IJournalStore store, CrowdQueue<PendingAppend> queue, CommitLane? first, JournalHealth health, JournalMetrics metrics, JournalOptions options, TimeProvider time, ILogger logger)
    {
        (_store, _queue, _health, _metrics, _options, _time, _logger) = (store, queue, health, metrics, options, time, logger);
        _first = first ?? this;
    }

    /// <summary>Writes until the queue is complete and empty.</summary>
    public async Task Run()
    {
        var batch = new List<PendingAppend>(_options.BatchSizeMax);
        try
        {
            while (await IsWanted())
            {
                // Grains that are ready to run go first, so that what they append comes along. On an idle machine this costs nothing.
                await Task.Yield();
                while (batch.Count < _options.BatchSizeMax && _queue.TryTake(out var append)) batch.Add(append);
                await CommitBatch(batch);
                // A store that hangs may still read the list.
                if (_abandoned.IsCompleted) batch.Clear();
                else batch = new List<PendingAppend>(_options.BatchSizeMax);
            }
        }
        catch (Exception exception)
        {
            // Not one of the store's failures: those are answered. Better no journal than a wrong one.
            Log.WriterFailed(_logger, exception);
            _health.ReportBroken();
            _queue.Complete(exception);
            foreach (var append in batch) TryFail(append, exception);
            while (_queue.TryTake(out var append)) TryFail(append, exception);
        }
    }

    // Without the first nothing would be answered. Any other that has a store which hangs leaves it to the first.
    private async ValueTask<bool> IsWanted()
    {
        if (_first == this) return await _queue.WaitForOne();
        await _abandoned.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await _queue.WaitForCrowd();
    }

    private async Task CommitBatch(List<PendingAppend> batch)
    {
        if (!_health.IsUp || !_abandoned.IsCompleted)
        {
            FailAll(batch, NoAnswer());
            return;
        }

        if (Shed(batch) is not { } left) return;
        Volatile.Write(ref _freeSince, long.MaxValue);
        batch.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        using var deadline = new Deadline(left, _time);
        await Settle(batch, deadline);
        Volatile.Write(ref _freeSince, _time.GetTimestamp());
    }

    // The deadline counts from when the first of the batch was handed over, waiting included. What has waited too long to
    // leave a fair part of it to the database is turned away untouched. Returns what is left; null when nothing remains.
    private TimeSpan? Shed(List<PendingAppend> batch)
    {
        var now = _time.GetTimestamp();
        var longest = TimeSpan.Zero;
        batch.RemoveAll(append =>
        {
            var waited = _time.GetElapsedTime(append.EnqueuedAt, now);
            if (waited > _options.WaitMax)
            {
                append.Fail(TooLate(append));
                return true;
            }

            if (waited > longest) longest = waited;
            return false;
        });
        _wasInterrupted = false;
        return batch.Count == 0 ? null : _options.Deadline - longest;
    }

    private Exception TooLate(PendingAppend append) =>
        _wasInterrupted ? new JournalUnavailableException("The journal's database did not answer in time: repeat the same operation.") :
        append.EnqueuedAt >= Volatile.Read(ref _first._freeSince) ? new JournalUnavailableException("The silo stood still for a moment: repeat the same operation.") :
        new JournalOverloadedException("The journal does not keep up: repeat a little later.");

    private async Task Settle(List<PendingAppend> batch, Deadline deadline)
    {
        Exception? reason = null;
        while (batch.Count > 0 && await TryCommit(batch, deadline) is { } failure)
        {
            reason = Telling(reason, failure);
            batch = await ReadBack(batch, reason, deadline);
        }
    }

    /// <summary>Null when every append is answered; else what left the outcome unknown.</summary>
    private async Task<Exception?> TryCommit(List<PendingAppend> batch, Deadline deadline)
    {
        var started = _time.GetTimestamp();
        try
        {
            await InTime(_store.Commit(batch, deadline.Driver), deadline);
        }
        catch (Exception exception) when (exception is JournalConflictException or JournalPoisonException && batch.Count > 1)
        {
            // One of them is to blame. Halving finds it in a few commits, and the others are committed on the way.
            Log.Halved(_logger, batch.Count);
            var half = batch.Count / 2;
            await SettlePart(batch[..half], deadline);
            await SettlePart(batch[half..], deadline);
            return null;
        }
        catch (JournalConflictException conflict)
        {
            return await Shut(batch[0], conflict, deadline);
        }
        catch (JournalPoisonException poison)
        {
            Log.Poison(_logger, poison);
            batch[0].Fail(poison);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }

        _metrics.Committed(batch.Count, _time.GetElapsedTime(started), _time.GetElapsedTime(Oldest(batch)));
        foreach (var append in batch) append.Complete(AppendOutcome.Committed);
        return null;
    }

    private static long Oldest(List<PendingAppend> batch)
    {
        var oldest = long.MaxValue;
        foreach (var append in batch) oldest = Math.Min(oldest, append.EnqueuedAt);
        return oldest;
    }

    // Several transactions may take longer than one for all: who is not reached in time has to come again.
    private Task SettlePart(List<PendingAppend> part, Deadline deadline)
    {
        if (!deadline.IsOver) return Settle(part, deadline);
        FailAll(part, new JournalUnavailableException("The journal did not come to this append in time: repeat the same operation."));
        return Task.CompletedTask;
    }

    // The key is taken: by somebody else, or by our own earlier try whose answer was lost.
    private async Task<Exception?> Shut(PendingAppend append, JournalConflictException conflict, Deadline deadline)
    {
        try
        {
            if (append.MayHaveLanded && await HasLanded(append, deadline))
            {
                append.Complete(AppendOutcome.Committed);
                return null;
            }
        }
        catch (Exception exception)
        {
            return exception;
        }

        _metrics.FencedOne();
        append.Complete(conflict.IsReference ? AppendOutcome.ReferenceTaken : AppendOutcome.Fenced);
        return null;
    }

    // The connection broke while committing. Never guess: what is there with our operation is committed, what is absent
    // is returned and tried again, and the key decides if the lost transaction lands after all.
    private async Task<List<PendingAppend>> ReadBack(List<PendingAppend> batch, Exception reason, Deadline deadline)
    {
        Log.Ambiguous(_logger, batch.Count, reason.Message);
        _wasInterrupted = true;
        foreach (var append in batch) append.MayHaveLanded = true;

        while (true)
        {
            await Task.Delay(Breath, _time, deadline.Callers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (deadline.IsOver) break;
            try
            {
                var landed = new List<PendingAppend>(batch.Count);
                var absent = new List<PendingAppend>();
                foreach (var append in batch)
                    (await HasLanded(append, deadline) ? landed : absent).Add(append);
                foreach (var append in landed) append.Complete(AppendOutcome.Committed);
                return absent;
            }
            catch (Exception exception)
            {
                reason = Telling(reason, exception);
            }
        }

        _health.ReportDown(reason);
        FailAll(batch, NoAnswer(reason));
        return [];
    }

    private Task<bool> HasLanded(PendingAppend append, Deadline deadline) => InTime(_store.HasLanded(append, deadline.Driver), deadline);

    // A driver that is told to give up may take its time, and a server that hangs never answers. The callers have their
    // answer when the deadline comes; the store is left alone until it has come to an end.
    private async Task<T> InTime<T>(Task<T> work, Deadline deadline)
    {
        await InTime((Task)work, deadline);
        return await work;
    }

    private async Task InTime(Task work, Deadline deadline)
    {
        try
        {
            await work.WaitAsync(deadline.Callers);
        }
        catch (OperationCanceledException) when (!work.IsCompleted)
        {
            _abandoned = work;
            throw;
        }
    }

    // That the deadline came tells less than what went wrong before it.
    private static Exception Telling(Exception? before, Exception now) => before is not null && now is OperationCanceledException ? before : now;

    private static JournalUnavailableException NoAnswer(Exception? reason = null) =>
        new("The journal's database does not answer: repeat the same operation.", reason);

    private static void FailAll(List<PendingAppend> batch, Exception exception)
    {
        foreach (var append in batch) append.Fail(exception);
    }

    private static void TryFail(PendingAppend append, Exception exception)
    {
        if (append.Completion.IsCompleted) return;
        append.Fail(new JournalUnavailableException("The journal has failed: repeat the same operation elsewhere.", exception));
    }
}
