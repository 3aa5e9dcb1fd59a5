namespace Zvonok.Journal;

/// <summary>
/// Runs statements for what is no tap and no sale, within a time limit. A failure is theirs alone: it says nothing about whether taps and sales are
/// recorded, so it is not reported to <see cref="JournalHealth"/>.
/// </summary>
/// <param name="database">Which database.</param>
/// <param name="source">Its connections for this.</param>
/// <param name="health">When the journal is known to be down, nothing is tried.</param>
/// <param name="whose">Whose statements, for messages: <c>notices</c>.</param>
/// <param name="timeMax">How long one may take; ten seconds when nothing is said.</param>
internal sealed class Queries(JournalDatabase database, DbDataSource source, JournalHealth health, string whose, TimeSpan? timeMax = null)
{
    private readonly TimeSpan _timeMax = timeMax ?? TimeSpan.FromSeconds(10);

    public async Task<T> Run<T>(Func<CancellationToken, Task<T>> work)
    {
        health.ThrowIfDown();
        using var deadline = new Deadline(_timeMax, TimeProvider.System);
        try
        {
            return await work(deadline.Driver).WaitAsync(deadline.Callers);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException || database.IsUnreachable(exception) || exception is DbException { IsTransient: true })
        {
            throw new JournalUnavailableException($"The {whose}' database does not answer: repeat the same.", exception);
        }
    }

    public Task<List<T>> Select<T>(string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] parameters) =>
        Run(deadline => Select(null, sql, _ => { }, read, deadline, parameters));

    /// <summary>Rows of a query, in a transaction or on a connection of its own.</summary>
    public async Task<List<T>> Select<T>(
        DbTransaction? transaction, string sql, Action<DbCommand> bind, Func<DbDataReader, T> read, CancellationToken deadline, params (string Name, object Value)[] parameters)
    {
        if (transaction is null)
        {
            await using var connection = await source.OpenConnectionAsync(deadline);
            return await Select(connection, null);
        }

        return await Select(transaction.Connection!, transaction);

        async Task<List<T>> Select(DbConnection connection, DbTransaction? within)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = within;
            command.CommandText = sql;
            bind(command);
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            var found = new List<T>();
            await using var rows = await command.ExecuteReaderAsync(deadline);
            while (await rows.ReadAsync(deadline)) found.Add(read(rows));
            return found;
        }
    }

    /// <summary>Work in one transaction, committed when it returns true.</summary>
    public Task<T> Change<T>(Func<DbTransaction, CancellationToken, Task<(bool Commit, T Result)>> work) => Run(async deadline =>
    {
        await using var connection = await source.OpenConnectionAsync(deadline);
        // SQLite begins with the write lock: a transaction that asks for it later may be turned away.
        await using var transaction = await connection.BeginTransactionAsync(database.WriteIsolation, deadline);
        var (commit, result) = await work(transaction, deadline);
        if (commit) await transaction.CommitAsync(deadline);
        return result;
    });
}
