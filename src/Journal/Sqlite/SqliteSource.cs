using Microsoft.Data.Sqlite;

namespace Zvonok.Journal.Sqlite;

/// <summary>
/// Opens connections that are durable and patient, and copy the log into the file every 16 MB (docs/decisions/0013-sqlite-checkpoints.md): these pragmas belong to a
/// connection, not to the file.
/// </summary>
internal sealed class SqliteSource(string connectionString) : DbDataSource
{
    public override string ConnectionString => connectionString;

    public SqliteConnection Open() => (SqliteConnection)OpenDbConnection();

    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "pragma synchronous = full; pragma busy_timeout = 1000; pragma cache_size = -65536; pragma wal_autocheckpoint = 4096";
        command.ExecuteNonQuery();
        return connection;
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());
}
