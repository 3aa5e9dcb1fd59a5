namespace Zvonok.Processes.Tests.Stage;

/// <summary>Waits for something that happens in another process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as it is so; a minute without says that it never will be.</summary>
    public static Task Is(Func<bool> so, string what) => Is(() => Task.FromResult(so()), what, PollInterval);

    /// <summary>The same for what costs something to look at: it is looked at no oftener than once in <paramref name="interval"/>.</summary>
    public static async Task Is(Func<Task<bool>> so, string what, TimeSpan interval)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await so())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"Waited in vain: {what}.");
            await Task.Delay(interval);
        }
    }
}
