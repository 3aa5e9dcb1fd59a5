namespace Zvonok.Terminals.Tests;

/// <summary>Waits for what happens in its own time over sockets.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static async Task Holds(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            patience.IsCancellationRequested.ShouldBeFalse(what);
            await Task.Delay(10);
        }
    }
}
