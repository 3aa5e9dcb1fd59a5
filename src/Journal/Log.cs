namespace Zvonok.Journal;

/// <summary>What the journal says; events 1000–1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Schema of {Store} upgraded from version {From} to {To}")]
    public static partial void SchemaUpgraded(ILogger logger, string store, int from, int to);

    [LoggerMessage(1001, LogLevel.Warning, "The journal's database does not answer: {Reason}. Callers get UNAVAILABLE until it does; nothing to do here")]
    public static partial void Down(ILogger logger, string reason);

    [LoggerMessage(1002, LogLevel.Information, "The journal's database answers again after {Seconds:0.0} s")]
    public static partial void Up(ILogger logger, double seconds);

    [LoggerMessage(1003, LogLevel.Warning, "A batch of {Count} appends was rolled back by one of them and is committed in halves")]
    public static partial void Halved(ILogger logger, int count);

    [LoggerMessage(1004, LogLevel.Warning, "The outcome of a commit of {Count} appends is unknown ({Reason}); reading them back")]
    public static partial void Ambiguous(ILogger logger, int count, string reason);

    [LoggerMessage(1005, LogLevel.Error, "The database refuses an append for its content")]
    public static partial void Poison(ILogger logger, Exception exception);

    [LoggerMessage(1006, LogLevel.Warning, "Waiting for the journal's database: {Reason}")]
    public static partial void Waiting(ILogger logger, string reason);

    [LoggerMessage(1007, LogLevel.Critical, "The journal's writer failed; every append is refused until a restart")]
    public static partial void WriterFailed(ILogger logger, Exception exception);

    [LoggerMessage(1008, LogLevel.Warning, "The database was restored or failed over since a program last started on it: the feed goes on with higher positions; readers' positions stay valid")]
    public static partial void HistoryChanged(ILogger logger);
}
