namespace Zvonok.Journal;

/// <summary>Makes the database ready: waits for it a while when it is not there yet, and upgrades the schema.</summary>
public sealed class JournalStartup
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly JournalDatabase _database;
    private readonly ILogger<JournalStartup> _logger;

    internal JournalStartup(JournalDatabase database, ILogger<JournalStartup> logger) => (_database, _logger) = (database, logger);

    /// <summary>For messages: <c>PostgreSQL</c> or <c>SQLite</c>.</summary>
    public string StoreName => _database.Name;

    /// <summary>Returns when the schema is current; throws <see cref="JournalStartException"/> with what to do when it cannot be.</summary>
    public async Task Prepare(CancellationToken stop)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await _database.UpgradeSchema(_logger, stop);
                return;
            }
            catch (Exception exception) when (_database.IsUnreachable(exception) && TimeProvider.System.GetElapsedTime(started) < WaitMax && !stop.IsCancellationRequested)
            {
                Log.Waiting(_logger, exception.Message);
                await Task.Delay(RetryInterval, stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                var setting = _database is Sqlite.SqliteDatabase ? "Zvonok:DataDirectory" : "ConnectionStrings:Zvonok";
                throw new JournalStartException($"{setting}: {_database.Name} cannot be used: {exception.Message}", exception);
            }
        }
    }
}

/// <summary>The journal cannot start; the message names the setting.</summary>
public sealed class JournalStartException(string message, Exception inner) : Exception(message, inner);
