using System.Globalization;

namespace Zvonok.Silo.Management;

/// <summary>
/// Ends a silo whose thread pool stands still: it would listen on and answer nobody, and neither its log nor its health would tell. Once it
/// is gone, devices go to another silo, and whoever started it starts it again; the journal holds all that it has answered.
/// </summary>
/// <remarks>
/// It has a thread of its own, which puts a beat into the pool once a second. A pool that is only slow completes something between two
/// beats; a machine that sleeps stops this thread too. The runtime's makers know of such a stand: dotnet/runtime issues 117877 and 128879.
/// </remarks>
/// <param name="pool">The pool.</param>
/// <param name="end">Ends the process, with a reason.</param>
internal sealed class Pulse(IPool pool, Action<string> end) : IHostedService, IDisposable
{
    /// <summary>How many beats may pass without anything done.</summary>
    public const int MissedMax = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stops = new();
    private volatile bool _isQueued;
    private long _completedBefore;
    private int _missed;

    /// <summary>Watches this process.</summary>
    public Pulse() : this(new ProcessPool(), reason => Environment.FailFast(reason))
    {
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(Watch) { Name = "zvonok-pulse", IsBackground = true }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stops.Set();
        return Task.CompletedTask;
    }

    public void Dispose() => _stops.Set();

    /// <summary>One beat.</summary>
    internal void Beat()
    {
        var completed = pool.CompletedCount;
        _missed = _isQueued && completed == _completedBefore ? _missed + 1 : 0;
        _completedBefore = completed;
        if (_missed == MissedMax)
            end(string.Create(CultureInfo.InvariantCulture, $"The thread pool has done nothing for {MissedMax} seconds: {pool}. The silo ends, to be started again."));
        if (_isQueued) return;
        _isQueued = true;
        pool.Queue(() => _isQueued = false);
    }

    private void Watch()
    {
        while (!_stops.Wait(Interval)) Beat();
    }
}

/// <summary>A thread pool as it is watched; its text tells its figures.</summary>
internal interface IPool
{
    /// <summary>What it has done so far.</summary>
    long CompletedCount { get; }

    /// <summary>Gives it something to do.</summary>
    void Queue(Action work);
}

/// <summary>The pool of this process.</summary>
internal sealed class ProcessPool : IPool
{
    public long CompletedCount => ThreadPool.CompletedWorkItemCount;

    // Among what everybody queues: the back of the queue, not a place of its own.
    public void Queue(Action work) => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), work, preferLocal: false);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{ThreadPool.ThreadCount} threads, {ThreadPool.PendingWorkItemCount} pieces of work wait, {CompletedCount} were done");
}
