using Npgsql;
using NpgsqlTypes;
using Zvonok.Domain.Cards;

namespace Zvonok.Load.Rival;

/// <summary>The rival's tables, filled with the same city as the core's.</summary>
internal static class RivalDatabase
{
    /// <summary>Makes the schema and fills it; every purse holds the same.</summary>
    public static async Task Provision(string connectionString, City city, TokenKey key, Money purse, CancellationToken stop)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var connection = await database.OpenConnectionAsync(stop);
        await Execute(connection, RivalSchema.Tables, stop);
        await Execute(connection, RivalSchema.Sell, stop);
        await CopyDevices(connection, city, stop);
        await CopyAccounts(connection, city, purse, stop);
        await CopyCards(connection, city, key, stop);
        await Execute(connection, "vacuum analyze", stop);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task CopyDevices(NpgsqlConnection connection, City city, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy device (id, operator) from stdin binary", stop);
        foreach (var school in city.Schools) await copy.WriteRowAsync(stop, school.Till.Value, school.OperatorId);
        await copy.CompleteAsync(stop);
    }

    private static async Task CopyAccounts(NpgsqlConnection connection, City city, Money purse, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy account (number, kind, zone, closed, daily_limit, meal, transport, spent_on, spent, last_seq) from stdin binary", stop);
        for (var i = 0; i < city.Plan.Pupils; i++)
        {
            var account = city.PupilAt(i).Account.Value;
            await copy.WriteRowAsync(stop, account, (short)1, city.Plan.TimeZone, false, DBNull.Value, purse.Kopecks, 0L, new DateOnly(2000, 1, 1), 0L, 0L);
        }

        await copy.CompleteAsync(stop);
    }

    private static async Task CopyCards(NpgsqlConnection connection, City city, TokenKey key, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy card (token, kind, state, account, home) from stdin binary", stop);
        for (var i = 0; i < city.Plan.Pupils; i++)
        {
            var pupil = city.PupilAt(i);
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(key.TokenOf(pupil.CardUid.Span).Value, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync((short)CardKind.SchoolCard, NpgsqlDbType.Smallint, stop);
            await copy.WriteAsync((short)CardState.Active, NpgsqlDbType.Smallint, stop);
            await copy.WriteAsync(pupil.Account.Value, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(pupil.School.Building.Value, NpgsqlDbType.Integer, stop);
        }

        await copy.CompleteAsync(stop);
    }
}
