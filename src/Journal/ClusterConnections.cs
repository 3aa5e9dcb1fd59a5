using Microsoft.Data.Sqlite;
using Npgsql;
using Zvonok.Journal.Sqlite;

namespace Zvonok.Journal;

/// <summary>
/// How Orleans reaches the tables of <see cref="Postgres.ClusterSchema"/> in the journal's database: by connections of its own, so that no
/// load on the journal keeps a heartbeat waiting.
/// </summary>
public static class ClusterConnections
{
    /// <summary>A small pool. Its waits are bounded: who hangs on a database that does not answer cannot tell it from a silo that does not.</summary>
    public static string Postgres(JournalOptions options) => new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        ApplicationName = "zvonok-cluster",
        MaxPoolSize = 4,
        Timeout = 3,
        CommandTimeout = 3,
        CancellationTimeout = 500,
    }.ConnectionString;

    /// <summary>The journal's file; a connection a statement, for slow state is written seldom.</summary>
    public static string Sqlite(JournalOptions options) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(options.DataDirectory, SqliteDatabase.FileName),
        DefaultTimeout = 5,
        Pooling = false,
    }.ConnectionString;
}
