namespace Zvonok.Processes.Tests.Stage;

/// <summary>Waits for something that happens in another process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as it is so; a minute without says that it never will be.</summary>
    public static async Task Is(Func<bool> so, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!so())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"Waited in vain: {what}.");
            await Task.Delay(PollInterval);
        }
    }
}
