using System.Threading.Channels;

namespace Zvonok.Journal.Commit;

/// <summary>
/// The journal of a silo. Grains hand over appends and await them; one writer takes all that has gathered while the last
/// commit was running, and commits it as one transaction. No timers: batches form at their own pace.
/// </summary>
internal sealed class GroupCommit : IJournal
{
    private readonly IJournalStore _store;
    private readonly JournalHealth _health;
    private readonly JournalMetrics _metrics;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<PendingAppend> _queue;
    private Task _writer = Task.CompletedTask;

    public GroupCommit(IJournalStore store, JournalHealth health, JournalMetrics metrics, JournalOptions options, TimeProvider time, ILogger<GroupCommit> logger)
    {
        (_store, _health, _metrics, _options, _time, _logger) = (store, health, metrics, options, time, logger);
        _queue = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(options.QueueMax) { SingleReader = true });
    }

    public void Start() => _writer = Task.Run(Write);

    /// <summary>Takes no more, and returns when everything taken is answered.</summary>
    public async Task Stop()
    {
        _queue.Writer.TryComplete();
        await _writer;
    }

    public ValueTask<AppendOutcome> Append(AccountAppend append) => Enqueue(new PendingAppend(append));

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => Enqueue(new PendingAppend(append));

    private ValueTask<AppendOutcome> Enqueue(PendingAppend append)
    {
        _health.ThrowIfDown();
        if (_queue.Writer.TryWrite(append)) return append.Completion;
        if (_queue.Reader.Completion.IsCompleted || _writer.IsCompleted)
            throw new JournalUnavailableException("The journal is stopping: repeat the same operation elsewhere or later.");
        throw new JournalOverloadedException($"{_options.QueueMax} appends wait for the journal already: repeat a little later.");
    }

    private async Task Write()
    {
        var batch = new List<PendingAppend>(_options.BatchSizeMax);
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (batch.Count < _options.BatchSizeMax && _queue.Reader.TryRead(out var append)) batch.Add(append);
                await CommitBatch(batch);
                batch.Clear();
            }
        }
        catch (Exception exception)
        {
            // Not one of the store's failures: those are answered. Better no journal than a wrong one.
            Log.WriterFailed(_logger, exception);
            _queue.Writer.TryComplete(exception);
            foreach (var append in batch) TryFail(append, exception);
            while (_queue.Reader.TryRead(out var append)) TryFail(append, exception);
        }
    }

    private async Task CommitBatch(List<PendingAppend> batch)
    {
        if (!_health.IsUp)
        {
            FailAll(batch, new JournalUnavailableException("The journal's database does not answer: repeat the same operation."));
            return;
        }

        batch.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        using var deadline = new CancellationTokenSource(_options.Deadline, _time);
        await Settle(batch, deadline.Token);
    }

    private async Task Settle(List<PendingAppend> batch, CancellationToken deadline)
    {
        var started = _time.GetTimestamp();
        try
        {
            await _store.Commit(batch, deadline);
        }
        catch (Exception exception) when (exception is JournalConflictException or JournalPoisonException && batch.Count > 1)
        {
            Log.OneByOne(_logger, batch.Count);
            foreach (var append in batch) await Settle([append], deadline);
            return;
        }
        catch (JournalConflictException conflict)
        {
            await Shut(batch[0], conflict, deadline);
            return;
        }
        catch (JournalPoisonException poison)
        {
            Log.Poison(_logger, poison);
            batch[0].Fail(poison);
            return;
        }
        catch (Exception exception)
        {
            await ReadBack(batch, exception, deadline);
            return;
        }

        _metrics.Committed(batch.Count, _time.GetElapsedTime(started));
        foreach (var append in batch) append.Complete(AppendOutcome.Committed);
    }

    // The key is taken: by somebody else, or by our own earlier try whose answer was lost.
    private async Task Shut(PendingAppend append, JournalConflictException conflict, CancellationToken deadline)
    {
        try
        {
            if (append.MayHaveLanded && await _store.HasLanded(append, deadline))
            {
                append.Complete(AppendOutcome.Committed);
                return;
            }
        }
        catch (Exception exception)
        {
            await ReadBack([append], exception, deadline);
            return;
        }

        _metrics.FencedOne();
        append.Complete(conflict.IsReference ? AppendOutcome.ReferenceTaken : AppendOutcome.Fenced);
    }

    // The connection broke while committing. Never guess: what is there with our operation is committed, what is absent
    // is tried again, and the key decides if the lost transaction lands after all.
    private async Task ReadBack(List<PendingAppend> batch, Exception reason, CancellationToken deadline)
    {
        Log.Ambiguous(_logger, batch.Count, reason.Message);
        foreach (var append in batch) append.MayHaveLanded = true;

        var absent = new List<PendingAppend>(batch.Count);
        while (!deadline.IsCancellationRequested)
        {
            try
            {
                absent.Clear();
                var landed = new List<PendingAppend>(batch.Count);
                foreach (var append in batch)
                    (await _store.HasLanded(append, deadline) ? landed : absent).Add(append);
                foreach (var append in landed) append.Complete(AppendOutcome.Committed);
                if (absent.Count > 0) await Settle(absent, deadline);
                return;
            }
            catch (Exception exception)
            {
                reason = exception;
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        _health.ReportDown(reason);
        FailAll(batch, new JournalUnavailableException("The journal's database does not answer: repeat the same operation.", reason));
    }

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
