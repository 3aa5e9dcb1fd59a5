namespace Zvonok.Api;

/// <summary>What the doors say; events 2000–2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "{Method} failed unexpectedly")]
    public static partial void Unexpected(ILogger logger, string method, Exception exception);
}
