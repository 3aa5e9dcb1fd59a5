namespace Zvonok.Grains.Tests.Clusters;

internal static class Tasks
{
    /// <summary>Returns when every task has ended, well or badly.</summary>
    public static Task AllEnded(IEnumerable<Task> tasks) =>
        Task.WhenAll(tasks).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
