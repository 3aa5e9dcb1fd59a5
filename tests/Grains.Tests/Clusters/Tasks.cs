namespace Zvonok.Grains.Tests.Clusters;

internal static class Tasks
{
    /// <summary>Returns when every task has ended, well or badly.</summary>
    public static Task AllEnded(IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>Returns when it is so; throws when it is not within <see cref="TestCluster.Deadline"/>.</summary>
    public static async Task Until(Func<bool> so)
    {
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (!so()) await Task.Delay(5, deadline.Token);
    }

    /// <inheritdoc cref="Until(Func{bool})"/>
    public static async Task Until(Func<Task<bool>> so)
    {
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (!await so()) await Task.Delay(5, deadline.Token);
    }

    /// <summary>Calls again while the cluster finds out who is left; a lost call takes its own time. Throws when nobody answers within <see cref="TestCluster.Deadline"/>.</summary>
    public static async Task<T> UntilAnswered<T>(Func<Task<T>> call)
    {
        using var deadline = new CancellationTokenSource(TestCluster.Deadline);
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException && !deadline.IsCancellationRequested)
            {
                await Task.Yield();
            }
        }
    }
}
