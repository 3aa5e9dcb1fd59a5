using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Grains.Tests.Notices;

/// <summary>A log in memory that keeps the promises of a real one, and fails when the test says so.</summary>
internal sealed class MemoryLog : INoticeLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NoticeKey, NoticeRow> _rows = [];
    private readonly NoticePlace[] _places = [.. NoticePartitions.All.Select(partition => new NoticePlace(partition, FeedPosition.Start, 0))];

    /// <summary>What happens instead of, or after, the next writes: <c>fail</c> loses them, <c>lose</c> loses the answer.</summary>
    public Queue<string> Script { get; } = new();

    public IReadOnlyList<NoticeRow> Rows
    {
        get
        {
            lock (_lock) return [.. _rows.Values];
        }
    }

    public void SubscriptionsChanged(int partition)
    {
        lock (_lock) _places[partition] = _places[partition] with { Subscriptions = _places[partition].Subscriptions + 1 };
    }

    public Task<IReadOnlyList<NoticePlace>> Begin(FeedPosition end)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<NoticePlace>>([.. _places]);
    }

    public Task<NoticePlace> ReadPlace(int partition)
    {
        lock (_lock) return Task.FromResult(_places[partition]);
    }

    public Task<bool> Advance(NoticeStep step) => Write(() =>
    {
        if (_places[step.From.Partition] != step.From) return false;
        _places[step.From.Partition] = step.From with { Position = step.To };
        foreach (var row in step.Rows) _rows.Add(row.Key, row);
        return true;
    });

    public Task Settle(IReadOnlyList<NoticeRow> rows) => Write(() =>
    {
        foreach (var row in rows.Where(row => _rows[row.Key].State == NoticeState.Due)) _rows[row.Key] = row;
        return true;
    });

    public Task<IReadOnlyList<NoticeRow>> ReadDue(int partition, Instant now, int count)
    {
        lock (_lock) return Task.FromResult<IReadOnlyList<NoticeRow>>([.. Due(partition).Where(row => row.At <= now).Take(count)]);
    }

    public Task<Instant?> FindNextDue(int partition)
    {
        lock (_lock) return Task.FromResult<Instant?>(Due(partition).FirstOrDefault()?.At);
    }

    public Task<IReadOnlyList<NoticeRow>> ListDead(DeadNotice? after, int count) => throw new NotSupportedException();

    public Task<IReadOnlyList<int>> SendAgain(IReadOnlyList<NoticeKey>? keys, Instant now, int count) => throw new NotSupportedException();

    private IEnumerable<NoticeRow> Due(int partition) =>
        _rows.Values.Where(row => row.State == NoticeState.Due && NoticePartitions.Of(row.Notice!.Account) == partition).OrderBy(row => row.At);

    private Task<bool> Write(Func<bool> write)
    {
        lock (_lock)
        {
            var step = Script.TryDequeue(out var next) ? next : "";
            if (step == "fail") throw new JournalUnavailableException("Played: the database does not answer.");
            var result = write();
            if (step == "lose") throw new JournalUnavailableException("Played: the answer was lost.");
            return Task.FromResult(result);
        }
    }
}
