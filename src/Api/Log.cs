namespace Zvonok.Api;

/// <summary>What the doors say; events 2000–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "{Method} failed unexpectedly")]
    public static partial void Unexpected(ILogger logger, string method, Exception exception);

    [LoggerMessage(2001, LogLevel.Debug, "{Method}: the terminal has hung up, and sends again what it did not hear acknowledged: {Reason}")]
    public static partial void HungUp(ILogger logger, string method, string reason);
}
