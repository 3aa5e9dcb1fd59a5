using System.Globalization;

namespace Zvonok.Silo.Management;

/// <summary>
/// Ends a silo whose thread pool stands still: it would listen on and answer nobody, and neither its log nor its health would tell. Once it
/// is gone, devices go to another silo, and whoever started it starts it again; the journal holds all that it has answered.
/// </summary>
/// <remarks>
/// It has a thread of its own, which puts a beat into the pool once a second. A pool that is only slow completes something within ten beats; a machine that
/// sleeps, or a collection, stops this thread too. The runtime's makers have mended such stands (dotnet/runtime 122320, in 10.0 since January 2026); users report
/// others (117877, 128879). What they mended went on when more work was queued, so every beat is.
/// </remarks>
/// <param name="pool">The pool.</param>
/// <param name="end">Ends the process, with a reason.</param>
/// <param name="goesOn">Told for how many seconds the pool stood still when it goes on by itself.</param>
internal sealed class Pulse(IPool pool, Action<string> end, Action<int> goesOn) : IHostedService, IDisposable
{
    /// <summary>How many beats may pass without anything done.</summary>
    public const int MissedMax = 10;

    /// <summary>After so many it is worth a line in the log.</summary>
    public const int MissedTold = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ManualResetEventSlim _stops = new();
    private volatile bool _waits;
    private long _completedBefore;
    private int _missed;

    /// <summary>Watches this process.</summary>
    public Pulse(ILogger<Pulse> logger) : this(new ProcessPool(), reason => Environment.FailFast(reason), logger.LogPoolStood)
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
        var missed = _waits && completed == _completedBefore ? _missed + 1 : 0;
        if (missed == 0 && _missed >= MissedTold) goesOn(_missed);
        (_missed, _completedBefore) = (missed, completed);
        if (missed == MissedMax)
            end(string.Create(CultureInfo.InvariantCulture, $"The thread pool has done nothing for {MissedMax} seconds: {pool}. The silo ends, to be started again."));
        _waits = true;
        pool.Queue(() => _waits = false);
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

/// <summary>What the pulse says; event 3101.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Warning, "The thread pool had done nothing for {Seconds} seconds, and goes on: nobody was answered meanwhile")]
    public static partial void LogPoolStood(this ILogger logger, int seconds);
}
