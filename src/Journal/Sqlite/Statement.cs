using Microsoft.Data.Sqlite;

namespace Zvonok.Journal.Sqlite;

/// <summary>A prepared statement with numbered places.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql, int places)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var place = 1; place <= places; place++) _command.Parameters.Add(new SqliteParameter { ParameterName = $"${place}" });
        _command.Prepare();
    }

    /// <summary><c>$1, $2, …</c></summary>
    public static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(place => $"${place}"));

    /// <summary>Runs it and returns how many rows it wrote; null stands for SQL's null.</summary>
    public int Run(params ReadOnlySpan<object?> values)
    {
        for (var place = 0; place < values.Length; place++) _command.Parameters[place].Value = values[place] ?? DBNull.Value;
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it, without values, and returns the one number that it gives.</summary>
    public long Number() => (long)_command.ExecuteScalar()!;

    public void Dispose() => _command.Dispose();
}
