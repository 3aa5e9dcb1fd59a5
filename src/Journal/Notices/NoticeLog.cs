using System.Threading.Channels;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Notices;

namespace Zvonok.Journal.Notices;

/// <summary>
/// The log of notices. Steps and outcomes of all partitions that wait at the same time are written in one transaction, as the journal does with
/// appends; only the partitions that stand elsewhere are left out.
/// </summary>
internal sealed class NoticeLog : INoticeLog, IAsyncDisposable
{
    private const int BatchSizeMax = 256;

    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly JournalDatabase _database;
    private readonly INoticeStore _store;
    private readonly Queries _queries;
    private readonly Task _writer;

    public NoticeLog(JournalDatabase database, INoticeStore store, Queries queries)
    {
        (_database, _store, _queries) = (database, store, queries);
        _writer = Task.Run(Write);
    }

    public Task<IReadOnlyList<NoticePlace>> Begin(FeedPosition end) => _queries.Change<IReadOnlyList<NoticePlace>>(async (transaction, deadline) =>
    {
        await _queries.Select(transaction, "update notice_place set position = @end where position is null returning partition", _ => { }, row => row.GetInt16(0), deadline, ("end", end.Value));
        return (true, await _queries.Select(transaction, "select partition, position, subscriptions from notice_place order by partition", _ => { }, ReadPlace, deadline));
    });

    public async Task<NoticePlace> ReadPlace(int partition) => (await _queries.Select(
        "select partition, coalesce(position, 0), subscriptions from notice_place where partition = @partition", ReadPlace, ("partition", (short)partition)))[0];

    // The queue is bounded by the partitions: each has one step and one settlement under way.
    public Task<bool> Advance(NoticeStep step) => Enqueue(new Pending(step, []));

    public Task Settle(IReadOnlyList<NoticeRow> rows) => Enqueue(new Pending(null, rows));

    public async Task<IReadOnlyList<NoticeRow>> ReadDue(int partition, Instant now, int count) => await _queries.Select(
        $"select {NoticeRows.Notice} from notice where partition = @partition and state = 1 and at <= @now order by at limit @count",
        row => NoticeRows.Read(_database, row), ("partition", (short)partition), ("now", _database.ToDb(now)), ("count", count));

    public async Task<Instant?> FindNextDue(int partition) => await _queries.Select(
        "select at from notice where partition = @partition and state = 1 order by at limit 1",
        row => _database.ReadInstant(row, 0), ("partition", (short)partition)) is [var next] ? next : null;

    public async Task<IReadOnlyList<NoticeRow>> ListDead(DeadNotice? after, int count) => after is null
        ? await _queries.Select(
            $"select {NoticeRows.Notice} from notice where state = 3 order by at, {NoticeRows.Key} limit @count",
            row => NoticeRows.Read(_database, row), ("count", count))
        : await _queries.Select(
            $"""
            select {NoticeRows.Notice} from notice
            where state = 3 and (at, {NoticeRows.Key}) > (@at, @stream, @id, @seq, @kind, @receiver)
            order by at, {NoticeRows.Key} limit @count
            """,
            row => NoticeRows.Read(_database, row), [("at", _database.ToDb(after.At)), ("count", count), .. Place(after.Key)]);

    public Task<IReadOnlyList<int>> SendAgain(IReadOnlyList<NoticeKey>? keys, Instant now, int count) => _queries.Change<IReadOnlyList<int>>(async (transaction, deadline) =>
    {
        var partitions = new List<int>();
        if (keys is null)
        {
            await Update($"({NoticeRows.Key}) in (select {NoticeRows.Key} from notice where state = 3 order by at limit @count)", ("count", count));
        }
        else
        {
            foreach (var key in keys.Take(count))
                await Update("fact_stream = @stream and fact_id = @id and fact_seq = @seq and kind = @kind and receiver = @receiver", Place(key));
        }

        return (true, partitions);

        async Task Update(string which, params (string Name, object Value)[] parameters) => partitions.AddRange(await _queries.Select(
            transaction, $"update notice set state = 1, tries = 0, at = @now where state = 3 and {which} returning partition",
            _ => { }, row => (int)row.GetInt16(0), deadline, [("now", _database.ToDb(now)), .. parameters]));
    });

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
    }

    private static NoticePlace ReadPlace(DbDataReader row) => new(row.GetInt16(0), new FeedPosition(row.GetInt64(1)), row.GetInt64(2));

    private (string, object)[] Place(NoticeKey key) =>
    [
        ("stream", (short)key.Fact.Stream),
        ("id", NoticeRows.IdOf(key.Fact)),
        ("seq", key.Fact.Seq),
        ("kind", (short)key.Kind),
        ("receiver", _database.ToDb(key.Receiver.Value)),
    ];

    private Task<bool> Enqueue(Pending pending) => _queue.Writer.TryWrite(pending)
        ? pending.Completion.Task
        : Task.FromException<bool>(new JournalUnavailableException("The log of notices is closed: the silo stops."));

    private async Task Write()
    {
        var batch = new List<Pending>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < BatchSizeMax && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
            while (batch.Count > 0)
            {
                var together = OneStepEach(batch);
                await Write(together);
                batch.RemoveAll(together.Contains);
            }
        }
    }

    // Of two steps of one partition the second begins where the first has ended, or is stale: either way it comes after it.
    private static List<Pending> OneStepEach(List<Pending> batch)
    {
        var partitions = new HashSet<int>();
        return batch.FindAll(pending => pending.Step is not { } step || partitions.Add(step.From.Partition));
    }

    private async Task Write(List<Pending> batch)
    {
        try
        {
            var steps = batch.Select(pending => pending.Step).OfType<NoticeStep>().ToList();
            var settled = batch.SelectMany(pending => pending.Settled).ToList();
            var moved = await _queries.Run(deadline => _store.Write(steps, settled, deadline));
            foreach (var pending in batch) pending.Completion.SetResult(pending.Step is null || moved.Contains(pending.Step.From.Partition));
        }
        catch (Exception exception)
        {
            foreach (var pending in batch) pending.Completion.SetException(exception);
        }
    }

    private sealed class Pending(NoticeStep? step, IReadOnlyList<NoticeRow> settled)
    {
        public NoticeStep? Step { get; } = step;

        public IReadOnlyList<NoticeRow> Settled { get; } = settled;

        public TaskCompletionSource<bool> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
