using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Zvonok.Terminals.Connection;
using Zvonok.Terminals.Storage;

namespace Zvonok.Terminals.Uploads;

/// <summary>Brings the queue to the core, in its order, when there is a connection and the core's pace allows (O3, O7). One call at a time; what was not acknowledged goes again in the next.</summary>
internal sealed class Uploader(ICore core, IUploadHost host, Pacer pacer, TimeProvider time, Random random, ILogger logger)
{
    private const int ReadAtOnce = 256;
    private const int UnacknowledgedMax = 2_048;
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FaultPauseMost = TimeSpan.FromMinutes(2);

    /// <summary>Why the last upload failed; null: it did not.</summary>
    public string? LastFault { get; private set; }

    /// <summary>Runs until it is stopped.</summary>
    public async Task Run(CancellationToken stop)
    {
        var failures = 0;
        try
        {
            while (true)
            {
                var session = await host.WaitForWork(stop);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(stop, session.Ended);
                try
                {
                    // The pace may be changed while it is waited for.
                    while (pacer.BeforeUpload(time.GetUtcNow()) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, time, linked.Token);
                    var count = await Upload(session, linked.Token);
                    (LastFault, failures) = (null, 0);
                    if (count > 0) Log.Uploaded(logger, count);
                }
                catch (Exception exception) when (linked.IsCancellationRequested && exception is (OperationCanceledException or RpcException or IOException or InvalidOperationException))
                {
                    // The connection is lost, or the terminal is stopped: nothing to say.
                    stop.ThrowIfCancellationRequested();
                }
                catch (Exception exception) when (exception is RpcException or StoreException or IOException or InvalidOperationException)
                {
                    LastFault = exception is RpcException rpc ? $"{rpc.StatusCode}: {rpc.Status.Detail}" : exception.Message;
                    Log.UploadFailed(logger, LastFault);
                    await Task.Delay(Pause(exception, failures++), time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The terminal is stopped.
        }
    }

    private async Task<long> Upload(Session session, CancellationToken stop)
    {
        using var call = core.Upload(session.Core, stop);
        var progress = new Progress();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Read(call, progress, ended);
        try
        {
            await Send(call, progress, ended.Token);
            await call.Finish();
        }
        catch (Exception exception) when (exception is OperationCanceledException or RpcException or InvalidOperationException)
        {
            // Whoever reads knows why the call is over.
            await reading;
            throw;
        }

        await reading;
        return progress.Acknowledged;
    }

    private async Task Send(IUpload call, Progress progress, CancellationToken stop)
    {
        for (var last = 0L; host.Next(last, ReadAtOnce) is { Count: > 0 } facts;)
        {
            foreach (var fact in facts)
            {
                if (pacer.BeforeFact(time.GetUtcNow()) is var pause && pause > TimeSpan.Zero) await Task.Delay(pause, time, stop);
                while (progress.Sent - progress.Acknowledged >= UnacknowledgedMax) await progress.More.WaitAsync(stop);
                stop.ThrowIfCancellationRequested();
                await call.Send(fact.Position, fact.Body);
                progress.Sent++;
                last = fact.Position;
            }
        }
    }

    private async Task Read(IUpload call, Progress progress, CancellationTokenSource ended)
    {
        try
        {
            while (await call.Read() is { } acknowledged)
            {
                foreach (var (position, _, message) in acknowledged.NotTaken) Log.FactNotTaken(logger, position, message);
                progress.Acknowledged += host.Acknowledge(acknowledged);
                progress.More.Release();
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private TimeSpan Pause(Exception exception, int failures)
    {
        double jitter;
        lock (random) jitter = random.NextDouble();
        if (exception is RpcException rpc && rpc.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan() is { } asked) return asked * (1 + jitter);
        var pause = FaultPause * Math.Pow(2, Math.Min(failures, 10));
        return (pause < FaultPauseMost ? pause : FaultPauseMost) * (0.5 + jitter);
    }

    private sealed class Progress
    {
        private long _acknowledged;

        public SemaphoreSlim More { get; } = new(0);

        public long Sent { get; set; }

        public long Acknowledged
        {
            get => Interlocked.Read(ref _acknowledged);
            set => Interlocked.Exchange(ref _acknowledged, value);
        }
    }
}

/// <summary>Whose queue it is.</summary>
internal interface IUploadHost
{
    /// <summary>Waits until there is a connection and something in the queue.</summary>
    Task<Session> WaitForWork(CancellationToken stop);

    IReadOnlyList<QueuedFact> Next(long after, int most);

    /// <summary>Forgets what the core has. How many facts that were.</summary>
    long Acknowledge(Acknowledged acknowledged);
}
