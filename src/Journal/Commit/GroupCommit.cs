namespace Zvonok.Journal.Commit;

/// <summary>
/// The journal of a silo. Grains hand over appends and await them. While a transaction runs, what comes meanwhile gathers for the next one; what has become a crowd
/// is not left waiting but has a transaction of its own beside it, on a connection of its own. No timers: batches form at their own pace.
/// </summary>
/// <remarks>Two transactions never meet in a row: whoever appends to an account or a building awaits the append before.</remarks>
internal sealed class GroupCommit : IJournal
{
    private readonly JournalHealth _health;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly CrowdQueue<PendingAppend> _queue;
    private readonly List<CommitLane> _lanes = [];
    private Task _writing = Task.CompletedTask;
    private volatile bool _isStopping;

    /// <param name="stores">One for each transaction that may run at the same time.</param>
    /// <param name="health">Whether the database answers.</param>
    /// <param name="metrics">Told of every transaction.</param>
    /// <param name="options">Limits and deadlines.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="logger">Told what went wrong.</param>
    public GroupCommit(
        IReadOnlyList<IJournalStore> stores, JournalHealth health, JournalMetrics metrics, JournalOptions options, TimeProvider time, ILogger<GroupCommit> logger)
    {
        (_health, _options, _time) = (health, options, time);
        _queue = new CrowdQueue<PendingAppend>(options.QueueMax, options.CrowdMin);
        foreach (var store in stores) _lanes.Add(new CommitLane(store, _queue, _lanes.FirstOrDefault(), health, metrics, options, time, logger));
        metrics.ObserveQueue(() => _queue.Count);
    }

    public void Start() => _writing = Task.WhenAll(_lanes.Select(lane => Task.Run(lane.Run)));

    /// <summary>Takes no more, and returns when everything taken is answered.</summary>
    public async Task Stop()
    {
        _isStopping = true;
        _queue.Complete();
        await _writing;
    }

    public ValueTask<AppendOutcome> Append(AccountAppend append) => Enqueue(new PendingAppend(append));

    public ValueTask<AppendOutcome> Append(BuildingAppend append) => Enqueue(new PendingAppend(append));

    private ValueTask<AppendOutcome> Enqueue(PendingAppend append)
    {
        _health.ThrowIfDown();
        append.EnqueuedAt = _time.GetTimestamp();
        if (_queue.TryAdd(append)) return append.Completion;
        if (_isStopping || _health.IsBroken) throw new JournalUnavailableException("The journal is stopping: repeat the same operation elsewhere or later.");
        throw new JournalOverloadedException($"{_options.QueueMax} appends wait for the journal already: repeat a little later.");
    }
}
