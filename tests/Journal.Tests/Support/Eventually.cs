using System.Diagnostics;

namespace Zvonok.Journal.Tests.Support;

/// <summary>Waits for what another program does, by asking again and again up to a generous deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task Holds(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            started.Elapsed.ShouldBeLessThan(Deadline, what);
            await Task.Delay(Interval);
        }
    }

    public static Task Holds(Func<bool> condition, string what) => Holds(() => Task.FromResult(condition()), what);
}
