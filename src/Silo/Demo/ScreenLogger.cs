using System.Collections.Concurrent;

namespace Zvonok.Silo.Demo;

/// <summary>Puts log messages where they do not tear the display.</summary>
internal sealed class ScreenLoggerProvider(DemoScreen screen) : ILoggerProvider
{
    // A thousand devices meet the same fault: its stack is shown once.
    private readonly ConcurrentDictionary<(string Category, int Event, Type Exception), bool> _seen = new();

    public ILogger CreateLogger(string categoryName) => new ScreenLogger(screen, categoryName, _seen);

    public void Dispose()
    {
    }

    private sealed class ScreenLogger(
        DemoScreen screen, string category, ConcurrentDictionary<(string Category, int Event, Type Exception), bool> seen) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // What is below a warning is filtered before it comes here.
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var isNew = exception is not null && seen.TryAdd((category, eventId.Id, exception.GetType()), true);
            screen.Line($"{logLevel}: {category}: {formatter(state, exception)}{(isNew ? $"\n{exception}" : "")}");
        }
    }
}
