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
}
