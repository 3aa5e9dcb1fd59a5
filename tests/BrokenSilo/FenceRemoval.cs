using Npgsql;

namespace Zvonok.BrokenSilo;

/// <summary>Takes the keys off the journal's tables and leaves plain indexes, so that everything works but the fence.</summary>
internal static class FenceRemoval
{
    private const string Sql = """
        select pg_advisory_xact_lock(20251125);
        alter table entry drop constraint if exists entry_pkey;
        alter table passage drop constraint if exists passage_pkey;
        create index if not exists entry_without_fence on entry (account, seq);
        create index if not exists passage_without_fence on passage (building, seq);
        """;

    public static async Task Run(IConfiguration configuration)
    {
        await using var connection = new NpgsqlConnection(configuration.GetConnectionString("Zvonok"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
