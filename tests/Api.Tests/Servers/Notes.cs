using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Zvonok.Api.Tests.Servers;

/// <summary>What a server logs.</summary>
internal sealed class Notes : ILogger, ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, int Event, string Text)> _lines = new();

    /// <summary>What went wrong.</summary>
    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public int Count(int number) => _lines.Count(line => line.Event == number);

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}
