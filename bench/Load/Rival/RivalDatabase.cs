using Npgsql;
using NpgsqlTypes;
using Zvonok.Domain.Accounts;
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
        await Execute(connection, RivalClassSchema.SettleClass, stop);
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
        await using var copy = await connection.BeginBinaryImportAsync("copy device (id, operator, building) from stdin binary", stop);
        foreach (var school in city.Schools) await copy.WriteRowAsync(stop, school.Till.Value, school.OperatorId, school.Building.Value);
        await copy.CompleteAsync(stop);
    }

    private static async Task CopyAccounts(NpgsqlConnection connection, City city, Money purse, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy account (number, kind, zone, closed, daily_limit, meal, transport, spent_on, spent, last_seq) from stdin binary", stop);
        foreach (var pupil in Pupils(city)) await Write(pupil.Account, AccountKind.Pupil, purse);
        foreach (var teacher in Teacher.All(city)) await Write(teacher.Account, AccountKind.Employee, Money.Zero);
        await copy.CompleteAsync(stop);

        Task Write(AccountNumber number, AccountKind kind, Money meal) => copy.WriteRowAsync(
            stop, number.Value, (short)kind, city.Plan.TimeZone, false, DBNull.Value, meal.Kopecks, 0L, new DateOnly(2000, 1, 1), 0L, 0L);
    }

    private static async Task CopyCards(NpgsqlConnection connection, City city, TokenKey key, CancellationToken stop)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy card (token, kind, state, account, home) from stdin binary", stop);
        foreach (var pupil in Pupils(city)) await Write(pupil.CardUid, pupil.Account, pupil.School);
        foreach (var teacher in Teacher.All(city)) await Write(teacher.CardUid, teacher.Account, teacher.School);
        await copy.CompleteAsync(stop);

        async Task Write(ByteString uid, AccountNumber account, School school)
        {
            await copy.StartRowAsync(stop);
            await copy.WriteAsync(key.TokenOf(uid.Span).Value, NpgsqlDbType.Uuid, stop);
            await copy.WriteAsync((short)CardKind.SchoolCard, NpgsqlDbType.Smallint, stop);
            await copy.WriteAsync((short)CardState.Active, NpgsqlDbType.Smallint, stop);
            await copy.WriteAsync(account.Value, NpgsqlDbType.Bigint, stop);
            await copy.WriteAsync(school.Building.Value, NpgsqlDbType.Integer, stop);
        }
    }

    private static IEnumerable<Pupil> Pupils(City city) => Enumerable.Range(0, city.Plan.Pupils).Select(city.PupilAt);
}
