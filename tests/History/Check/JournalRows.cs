using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Zvonok.Gate.V1;

namespace Zvonok.History.Check;

/// <summary>Looks into a silo's database past the silo.</summary>
public static class JournalRows
{
    /// <summary>Every entry and every passage.</summary>
    public static async Task<List<JournalRow>> Read(SiloSettings settings)
    {
        // The two databases differ in how they hold 128 bits and times.
        var (id, milliseconds) = settings.ConnectionString is null
            ? ("lower(hex(operation))", "event_at")
            : ("replace(cast(operation as text), '-', '')", "cast(extract(epoch from event_at) * 1000 as bigint)");
        await using var connection = await Open(settings);
        var rows = new List<JournalRow>();
        await Select(
            connection,
            $"select account, seq, {id}, kind, purse, amount, meal_after, transport_after, {milliseconds}, device, coalesce(reversed_seq, 0) from entry",
            row => rows.Add(new EntryRow(
                row.GetInt64(0), row.GetInt64(1), Guid.ParseExact(row.GetString(2), "N"), row.GetInt32(3), row.GetInt32(4), row.GetInt64(5),
                row.GetInt64(6), row.GetInt64(7), Instant.FromUnixTimeMilliseconds(row.GetInt64(8)), row.GetInt32(9), row.GetInt64(10))));
        await Select(
            connection,
            $"select building, seq, {id}, kind, outcome, coalesce(direction, 0), flag, refusal, coalesce(account, 0), {milliseconds}, device from passage",
            row => rows.Add(new PassageRow(
                row.GetInt32(0), row.GetInt64(1), Guid.ParseExact(row.GetString(2), "N"), row.GetInt32(3), (Outcome)row.GetInt32(4), (Direction)row.GetInt32(5),
                (Flag)row.GetInt32(6), (RefusalReason)row.GetInt32(7), row.GetInt64(8), Instant.FromUnixTimeMilliseconds(row.GetInt64(9)), row.GetInt32(10))));
        return rows;
    }

    /// <summary>Runs a statement that is none of the silo's, and returns how many rows it touched.</summary>
    public static async Task<int> Execute(SiloSettings settings, string sql)
    {
        await using var connection = await Open(settings);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Counts.</summary>
    public static async Task<long> Count(SiloSettings settings, string table)
    {
        await using var connection = await Open(settings);
        var count = 0L;
        await Select(connection, $"select cast(count(*) as bigint) from {table}", row => count = row.GetInt64(0));
        return count;
    }

    private static async Task<DbConnection> Open(SiloSettings settings)
    {
        DbConnection connection = settings.ConnectionString is { } postgres
            ? new NpgsqlConnection($"{postgres};Pooling=false")
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(settings.DataDirectory, "zvonok.db"), Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Select(DbConnection connection, string sql, Action<DbDataReader> read)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) read(rows);
    }
}
