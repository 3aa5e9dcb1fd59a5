using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Zvonok.Journal.Read;

/// <summary>
/// Answers many single look-ups with few queries: each lane takes all keys that have gathered while its last query was
/// running. A million cold grains would otherwise send a million queries. A key that waits already is waited for together:
/// who gives up and asks again neither lengthens the queue nor loses the place in it.
/// </summary>
internal sealed class BatchLoader<TKey, TRecord> : IAsyncDisposable
    where TKey : notnull
    where TRecord : class
{
    private const int QueueMax = 100_000;

    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(QueueMax);

    // Those that no query has taken yet: a query under way may miss what was committed since it began.
    private readonly ConcurrentDictionary<TKey, Waiting> _untaken = new();

    private readonly Func<IReadOnlyList<TKey>, Task<Dictionary<TKey, TRecord>>> _load;
    private readonly int _batchSizeMax;
    private readonly Task[] _lanes;

    /// <param name="load">Reads all keys at once; throws <see cref="JournalUnavailableException"/> in time.</param>
    /// <param name="batchSizeMax">Keys of one query.</param>
    /// <param name="lanes">Queries at the same time.</param>
    public BatchLoader(Func<IReadOnlyList<TKey>, Task<Dictionary<TKey, TRecord>>> load, int batchSizeMax, int lanes)
    {
        (_load, _batchSizeMax) = (load, batchSizeMax);
        _lanes = [.. Enumerable.Range(0, lanes).Select(_ => Task.Run(Run))];
    }

    /// <summary>The record of a key; null when there is none.</summary>
    public Task<TRecord?> Load(TKey key)
    {
        var mine = new Waiting(key);
        var waiting = _untaken.GetOrAdd(key, mine);
        if (waiting == mine && !_queue.Writer.TryWrite(mine))
        {
            _untaken.TryRemove(key, out _);
            mine.Completion.SetException(new JournalOverloadedException($"{QueueMax} reads wait for the journal already: repeat a little later."));
        }

        return waiting.Completion.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_lanes);
    }

    private async Task Run()
    {
        var batch = new List<Waiting>(_batchSizeMax);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < _batchSizeMax && _queue.Reader.TryRead(out var waiting))
            {
                _untaken.TryRemove(waiting.Key, out _);
                batch.Add(waiting);
            }

            if (batch.Count == 0) continue;
            await Answer(batch);
            batch.Clear();
        }
    }

    private async Task Answer(List<Waiting> batch)
    {
        try
        {
            var found = await _load([.. batch.Select(waiting => waiting.Key).Distinct()]);
            foreach (var waiting in batch) waiting.Completion.SetResult(found.GetValueOrDefault(waiting.Key));
        }
        catch (Exception exception)
        {
            foreach (var waiting in batch) waiting.Completion.SetException(exception);
        }
    }

    private sealed class Waiting(TKey key)
    {
        public TKey Key { get; } = key;

        public TaskCompletionSource<TRecord?> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
