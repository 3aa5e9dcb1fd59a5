using Microsoft.Data.Sqlite;

namespace Zvonok.Load.Alone;

/// <summary>What the disk and SQLite take for themselves: rows as large as a fact, each committed by itself as durably as a terminal's.</summary>
internal sealed class BareCommits : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("zvonok-load-bare").FullName;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public BareCommits()
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_directory, "bare.db"), Pooling = false }.ConnectionString);
        _connection.Open();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; create table fact (position integer primary key, body blob not null)";
        _insert.ExecuteNonQuery();
        _insert.CommandText = "insert into fact (body) values (zeroblob(160))";
        _insert.Prepare();
    }

    public Task Commit()
    {
        _insert.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
