namespace Zvonok.Journal.Reports;

/// <summary>Rows of one statement, on a connection of its own, one after the other.</summary>
internal sealed class ReportRows : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbCommand _command;
    private readonly CancellationTokenRegistration _interrupt;
    private readonly CancellationToken _stop;
    private DbDataReader? _rows;

    private ReportRows(JournalDatabase database, DbConnection connection, string sql, (string Name, object Value)[] parameters, CancellationToken stop)
    {
        (_connection, _command, _stop) = (connection, connection.CreateCommand(), stop);
        _command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = _command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            _command.Parameters.Add(parameter);
        }

        _interrupt = stop.UnsafeRegister(_ => database.Interrupt(connection), null);
    }

    /// <summary>The row that <see cref="Next"/> has come to.</summary>
    public DbDataReader Current => _rows!;

    /// <summary>Runs the statement; this is what takes long.</summary>
    public static async Task<ReportRows> Open(JournalDatabase database, string sql, (string Name, object Value)[] parameters, CancellationToken stop)
    {
        var connection = await database.ReportSource.OpenConnectionAsync(stop);
        var rows = new ReportRows(database, connection, sql, parameters, stop);
        try
        {
            rows._rows = await rows._command.ExecuteReaderAsync(stop);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public Task<bool> Next() => _rows!.ReadAsync(_stop);

    public async ValueTask DisposeAsync()
    {
        await _interrupt.DisposeAsync();
        if (_rows is not null) await _rows.DisposeAsync();
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
