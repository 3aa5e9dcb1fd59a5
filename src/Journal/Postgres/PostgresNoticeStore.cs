using Npgsql;
using Zvonok.Grains.Notices;
using Zvonok.Journal.Notices;

namespace Zvonok.Journal.Postgres;

/// <summary>Notices and subscriptions as arrays, one statement each.</summary>
internal sealed class PostgresNoticeStore(NpgsqlDataSource source) : INoticeStore
{
    // A row that is there already was written by whoever told the fact before: then the place was put back by hand.
    private const string Advance = """
        with step as (
            select * from unnest($1, $2, $3, $4) as step (partition, start, reach, subscriptions)
        ), held as (
            select place.partition, step.reach from notice_place as place join step using (partition)
            where place.position = step.start and place.subscriptions = step.subscriptions
            order by place.partition for update of place
        ), moved as (
            update notice_place set position = held.reach from held where notice_place.partition = held.partition returning notice_place.partition
        ), told as (
            insert into notice (partition, fact_stream, fact_id, fact_seq, kind, receiver, state, tries, at, content, trouble)
            select * from unnest($5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                as line (partition, fact_stream, fact_id, fact_seq, kind, receiver, state, tries, at, content, trouble)
            where partition in (select partition from moved)
            on conflict do nothing
        )
        select partition from moved
        """;

    private const string Settle = """
        update notice set state = line.state, tries = line.tries, at = line.at, content = line.content, trouble = line.trouble
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as line (fact_stream, fact_id, fact_seq, kind, receiver, state, tries, at, content, trouble)
        where notice.fact_stream = line.fact_stream and notice.fact_id = line.fact_id and notice.fact_seq = line.fact_seq
            and notice.kind = line.kind and notice.receiver = line.receiver and notice.state = 1
        """;

    public System.Data.Common.DbDataSource Source => source;

    public async Task<IReadOnlySet<int>> Write(IReadOnlyList<NoticeStep> steps, IReadOnlyList<NoticeRow> settled, CancellationToken deadline)
    {
        await using var batch = source.CreateBatch();
        if (steps.Count > 0) batch.BatchCommands.Add(StepCommand(steps));
        if (settled.Count > 0) batch.BatchCommands.Add(SettleCommand(settled));
        var moved = new HashSet<int>();
        await using var rows = await batch.ExecuteReaderAsync(deadline);
        if (steps.Count > 0)
            while (await rows.ReadAsync(deadline)) moved.Add(rows.GetInt16(0));
        while (await rows.NextResultAsync(deadline))
        {
            // What fails in a later statement shows here.
        }

        return moved;
    }

    public async Task Write(DbTransaction transaction, IReadOnlyList<StandingSubscription> subscriptions, CancellationToken deadline)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into subscription (account, receiver, since, kinds, low_balance, channel, language, guardian, address, child_name, partition)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (account, receiver) do update set since = excluded.since, kinds = excluded.kinds, low_balance = excluded.low_balance,
                language = excluded.language, child_name = excluded.child_name
            """,
            (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        Add(command.Parameters, subscriptions, one => one.Subscription.Account.Value);
        Add(command.Parameters, subscriptions, one => one.Subscription.Receiver.Value);
        Add(command.Parameters, subscriptions, one => one.Since.Value);
        Add(command.Parameters, subscriptions, one => one.Subscription.Kinds.Bits);
        Add(command.Parameters, subscriptions, one => one.Subscription.LowBalanceBelow.Kopecks);
        Add(command.Parameters, subscriptions, one => (short)one.Subscription.Channel.Kind);
        Add(command.Parameters, subscriptions, one => (short)one.Subscription.Language);
        Add(command.Parameters, subscriptions, one => one.Subscription.Guardian);
        Add(command.Parameters, subscriptions, one => one.Subscription.Channel.Address);
        Add(command.Parameters, subscriptions, one => one.Subscription.ChildName);
        Add(command.Parameters, subscriptions, one => (short)NoticePartitions.Of(one.Subscription.Account));
        await command.ExecuteNonQueryAsync(deadline);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static NpgsqlBatchCommand StepCommand(IReadOnlyList<NoticeStep> steps)
    {
        var command = new NpgsqlBatchCommand(Advance);
        Add(command.Parameters, steps, step => (short)step.From.Partition);
        Add(command.Parameters, steps, step => step.From.Position.Value);
        Add(command.Parameters, steps, step => step.To.Value);
        Add(command.Parameters, steps, step => step.From.Subscriptions);
        var rows = NoticeRows.Of(steps).ToList();
        Add(command.Parameters, rows, row => (short)row.Partition);
        AddColumns(command.Parameters, [.. rows.Select(row => row.Row)]);
        return command;
    }

    private static NpgsqlBatchCommand SettleCommand(IReadOnlyList<NoticeRow> rows)
    {
        var command = new NpgsqlBatchCommand(Settle);
        AddColumns(command.Parameters, rows);
        return command;
    }

    private static void AddColumns(NpgsqlParameterCollection parameters, IReadOnlyList<NoticeRow> rows)
    {
        Add(parameters, rows, row => (short)row.Key.Fact.Stream);
        Add(parameters, rows, row => NoticeRows.IdOf(row.Key.Fact));
        Add(parameters, rows, row => row.Key.Fact.Seq);
        Add(parameters, rows, row => (short)row.Key.Kind);
        Add(parameters, rows, row => row.Key.Receiver.Value);
        Add(parameters, rows, row => (short)row.State);
        Add(parameters, rows, row => row.Tries);
        Add(parameters, rows, row => row.At.ToDateTimeUtc());
        Add(parameters, rows, NoticeRows.ContentOf);
        Add(parameters, rows, NoticeRows.TroubleOf);
    }

    private static void Add<TRow, T>(NpgsqlParameterCollection parameters, IReadOnlyList<TRow> rows, Func<TRow, T> value) =>
        parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(value)] });
}
