namespace Zvonok.Processes;

/// <summary>Waits for what happens elsewhere: in another process, behind a socket, on another thread. It looks again and again, and says what it has waited for in vain.</summary>
public static class Eventually
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);

    /// <summary>After this nothing comes any more, on the slowest machine.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as it is so.</summary>
    /// <exception cref="TimeoutException">It has not become so within <see cref="Patience"/>.</exception>
    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);

    /// <summary>The same for what costs something to look at: it is looked at no oftener than once in <paramref name="interval"/>.</summary>
    public static async Task Holds(Func<Task<bool>> condition, string what, TimeSpan? interval = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience) throw new TimeoutException($"Waited in vain: {what}.");
            await Task.Delay(interval ?? Often);
        }
    }
}
