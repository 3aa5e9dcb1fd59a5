using Microsoft.Extensions.Logging;

namespace Zvonok.Terminals;

/// <summary>What a terminal says; events 2400–2499. Never of whom: no card, no handle.</summary>
internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "Connected to {Address}")]
    public static partial void Connected(ILogger logger, Uri address);

    [LoggerMessage(2401, LogLevel.Warning, "The connection is lost: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, string reason);

    [LoggerMessage(2402, LogLevel.Error, "The terminal's file cannot be used")]
    public static partial void StoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(2403, LogLevel.Error, "The terminal's file was broken and is put aside as {Path}; what could be read of its queue is in the new one")]
    public static partial void StorePutAside(ILogger logger, string path);

    [LoggerMessage(2404, LogLevel.Warning, "A list was not taken: {Why}")]
    public static partial void ListNotTaken(ILogger logger, Lists.ListTaking why);

    [LoggerMessage(2405, LogLevel.Warning, "The list could not be fetched: {Reason}")]
    public static partial void FetchFailed(ILogger logger, string reason);

    [LoggerMessage(2406, LogLevel.Warning, "The upload was broken off and goes on later: {Reason}")]
    public static partial void UploadFailed(ILogger logger, string reason);

    [LoggerMessage(2407, LogLevel.Error, "Fact {Position} was not taken: {Reason}")]
    public static partial void FactNotTaken(ILogger logger, long position, string reason);

    [LoggerMessage(2408, LogLevel.Information, "{Count} facts are uploaded")]
    public static partial void Uploaded(ILogger logger, long count);
}
