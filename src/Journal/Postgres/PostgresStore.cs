using Npgsql;
using Zvonok.Journal.Commit;

namespace Zvonok.Journal.Postgres;

/// <summary>
/// Writes a batch as one transaction in one round trip: a pipeline of prepared statements, each taking its rows as arrays.
/// </summary>
internal sealed class PostgresStore(NpgsqlDataSource source) : IJournalStore
{
    private EntryColumns _entries = new();
    private PassageColumns _passages = new();
    private NpgsqlConnection? _connection;

    public async Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
    {
        // Without an explicit transaction the statements up to the next sync are one: all are committed or none is.
        await using var commands = new NpgsqlBatch(await Connect(deadline));
        Fill(commands, batch);
        try
        {
            await commands.ExecuteNonQueryAsync(deadline);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new JournalConflictException(exception.TableName == "top_up_reference", exception);
        }
        catch (PostgresException exception) when (exception.SqlState[..2] is "22" or "23" or "54")
        {
            // Data, integrity, limits of the program: the same rows would fail again.
            throw new JournalPoisonException(exception);
        }
        catch
        {
            await Disconnect();
            throw;
        }
    }

    public async Task<bool> HasLanded(PendingAppend append, CancellationToken deadline)
    {
        var marks = append.Marks;
        try
        {
            await using var command = new NpgsqlCommand(
                append.Key.Stream == JournalStream.Account ? Landed("entry", "account") : Landed("passage", "building"), await Connect(deadline))
            {
                Parameters =
                {
                    new() { Value = append.Key.Id },
                    new() { Value = Array.ConvertAll(marks, static mark => mark.Seq) },
                    new() { Value = Array.ConvertAll(marks, static mark => mark.Operation.ToGuid()) },
                    new() { Value = Array.ConvertAll(marks, static mark => mark.EventAt.ToDateTimeUtc()) },
                    new() { Value = Array.ConvertAll(marks, static mark => mark.RecordedAt.ToDateTimeUtc()) },
                },
            };
            return await command.ExecuteScalarAsync(deadline) is long landed && landed == marks.Length;
        }
        catch
        {
            await Disconnect();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await Disconnect();

    // Each row by its key: a join would be free to read all that the account or building has ever had.
    private static string Landed(string table, string key) => $"""
        select count(*)
        from unnest($2, $3, $4, $5) as mine (seq, operation, event_at, recorded_at)
        cross join lateral (
            select from {table}
            where {key} = $1 and seq = mine.seq and operation = mine.operation and event_at = mine.event_at and recorded_at = mine.recorded_at
            limit 1
        ) landed
        """;

    private void Fill(NpgsqlBatch commands, IReadOnlyList<PendingAppend> batch)
    {
        _entries.Clear();
        _passages.Clear();
        foreach (var append in batch)
        {
            if (append.Account is { } account)
                foreach (var entry in account.Entries) _entries.Add(entry);
            if (append.Building is { } building)
                foreach (var passage in building.Passages) _passages.Add(passage);
        }

        if (_entries.Count > 0) commands.BatchCommands.Add(_entries.Insert);
        if (_passages.Count > 0) commands.BatchCommands.Add(_passages.Insert);
        // In one order for all: two transactions that meet in two references wait for each other in one of them only.
        foreach (var topUp in TopUps(batch)) commands.BatchCommands.Add(SlowRows.Insert(topUp.Reference!, topUp.Entries[0]));
        foreach (var append in batch)
        {
            if (append.Account?.Profile is { } profile) commands.BatchCommands.Add(SlowRows.Update(profile));
            if (append.Account is { OrdersPlaced.Length: > 0 } placing)
                foreach (var order in placing.OrdersPlaced) commands.BatchCommands.Add(SlowRows.Insert(order, placing.Entries[0].Account));
            if (append.Account is { OrdersEnded.Length: > 0 } ending) commands.BatchCommands.Add(SlowRows.DeleteOrders(ending.Entries[0].Account, ending.OrdersEnded));
            if (append.Account?.Begun is { } begun) commands.BatchCommands.Add(SlowRows.Insert(begun));
            if (append.Account?.Ended is { } ended) commands.BatchCommands.Add(SlowRows.DeleteTransfer(ended));
            if (append.Building?.Checkpoint is { } checkpoint) commands.BatchCommands.Add(SlowRows.Upsert(checkpoint));
        }
    }

    // Nearly no batch has any.
    private static IEnumerable<AccountAppend> TopUps(IReadOnlyList<PendingAppend> batch)
    {
        List<AccountAppend>? topUps = null;
        foreach (var append in batch)
            if (append.Account is { Reference: not null } topUp) (topUps ??= []).Add(topUp);
        return topUps is null ? [] : topUps.OrderBy(static append => append.Reference!.Provider).ThenBy(static append => append.Reference!.Reference, StringComparer.Ordinal);
    }

    private async ValueTask<NpgsqlConnection> Connect(CancellationToken deadline)
    {
        if (_connection is { } open) return open;
        (_entries, _passages) = (new(), new());
        return _connection = await source.OpenConnectionAsync(deadline);
    }

    // After a failure nothing is known about the connection: the next try opens another.
    private async Task Disconnect()
    {
        if (_connection is not { } connection) return;
        _connection = null;
        NpgsqlConnection.ClearPool(connection);
        await connection.DisposeAsync();
    }
}
