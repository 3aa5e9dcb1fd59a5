using Microsoft.Data.Sqlite;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Notices;

namespace Zvonok.Journal.Sqlite;

/// <summary>Notices and subscriptions through prepared statements, in a thread of its own: SQLite waits for the disk in its caller's.</summary>
internal sealed class SqliteNoticeStore(SqliteSource source) : INoticeStore
{
    private readonly OwnThread _thread = new("zvonok-sqlite-notices");

    public DbDataSource Source => source;

    public Task<IReadOnlySet<int>> Write(IReadOnlyList<NoticeStep> steps, IReadOnlyList<NoticeRow> settled, CancellationToken deadline) => _thread.Run<IReadOnlySet<int>>(() =>
    {
        deadline.ThrowIfCancellationRequested();
        using var connection = source.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var moved = Advance(connection, steps);
        Settle(connection, settled);
        transaction.Commit();
        return moved;
    });

    public Task Write(DbTransaction transaction, IReadOnlyList<StandingSubscription> subscriptions, CancellationToken deadline)
    {
        using var write = new Statement(
            (SqliteConnection)transaction.Connection!,
            $"""
            insert into subscription ({NoticeRows.Subscription}, partition) values ({Statement.Places(11)})
            on conflict (account, receiver) do update set since = excluded.since, kinds = excluded.kinds, low_balance = excluded.low_balance,
                language = excluded.language, child_name = excluded.child_name
            """,
            11);
        foreach (var (subscription, since) in subscriptions)
            write.Run(
                subscription.Account.Value, SqliteDatabase.ToBlob(subscription.Receiver.Value), since.Value, (long)subscription.Kinds.Bits, subscription.LowBalanceBelow.Kopecks,
                (long)subscription.Channel.Kind, (long)subscription.Language, subscription.Guardian, subscription.Channel.Address, subscription.ChildName,
                (long)NoticePartitions.Of(subscription.Account));
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _thread.Dispose();
        return ValueTask.CompletedTask;
    }

    private static HashSet<int> Advance(SqliteConnection connection, IReadOnlyList<NoticeStep> steps)
    {
        using var move = new Statement(connection, "update notice_place set position = $2 where partition = $1 and position = $3 and subscriptions = $4", 4);
        using var tell = new Statement(connection, $"insert or ignore into notice (partition, {NoticeRows.Notice}) values ({Statement.Places(11)})", 11);
        var moved = new HashSet<int>();
        foreach (var step in steps)
        {
            if (move.Run((long)step.From.Partition, step.To.Value, step.From.Position.Value, step.From.Subscriptions) == 0) continue;
            moved.Add(step.From.Partition);
            foreach (var row in step.Rows)
                tell.Run(
                    (long)step.From.Partition, (long)row.Key.Fact.Stream, NoticeRows.IdOf(row.Key.Fact), row.Key.Fact.Seq, (long)row.Key.Kind, SqliteDatabase.ToBlob(row.Key.Receiver.Value),
                    (long)row.State, (long)row.Tries, row.At.ToUnixTimeMilliseconds(), NoticeRows.ContentOf(row), NoticeRows.TroubleOf(row));
        }

        return moved;
    }

    private static void Settle(SqliteConnection connection, IReadOnlyList<NoticeRow> rows)
    {
        using var settle = new Statement(
            connection,
            """
            update notice set state = $6, tries = $7, at = $8, content = $9, trouble = $10
            where fact_stream = $1 and fact_id = $2 and fact_seq = $3 and kind = $4 and receiver = $5 and state = 1
            """,
            10);
        foreach (var row in rows)
            settle.Run(
                (long)row.Key.Fact.Stream, NoticeRows.IdOf(row.Key.Fact), row.Key.Fact.Seq, (long)row.Key.Kind, SqliteDatabase.ToBlob(row.Key.Receiver.Value),
                (long)row.State, (long)row.Tries, row.At.ToUnixTimeMilliseconds(), NoticeRows.ContentOf(row), NoticeRows.TroubleOf(row));
    }
}
