using System.Threading.Channels;
using Google.Rpc;
using Zvonok.Api.Till;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Hosting;

/// <summary>
/// Takes what a terminal did without a connection (O3): many facts at a time, so that they gather in common commits, and acknowledges them in the order of its queue. What
/// cannot be taken as it is holds up nothing; what cannot be taken now ends the call, and the terminal sends again what was not acknowledged.
/// </summary>
/// <param name="door">Its server.</param>
/// <param name="method">The call, as faults name it.</param>
/// <param name="logger">Told of what is unexpected.</param>
/// <typeparam name="TRequest">A fact on the wire.</typeparam>
/// <typeparam name="TResponse">An acknowledgement.</typeparam>
internal abstract class FactUpload<TRequest, TResponse>(Door door, string method, ILogger logger)
    where TRequest : class
    where TResponse : class
{
    // As many as of a Connect stream.
    private const int UndecidedMax = Pipeline.UndecidedMax;

    /// <summary>Runs until the terminal has sent its last fact and has it acknowledged. When the server stops, what was read is acknowledged, and the terminal goes on elsewhere.</summary>
    public async Task Run(IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, CancellationToken stop)
    {
        var merging = Channel.CreateBounded<Merging>(new BoundedChannelOptions(UndecidedMax) { SingleReader = true, SingleWriter = true });
        using var noMore = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Read(requests, merging.Writer, noMore.Token);
        try
        {
            var acknowledging = Acknowledge(merging.Reader, responses, stop);
            if (await Task.WhenAny(acknowledging, door.ServerStops) != acknowledging) await noMore.CancelAsync();
            await acknowledging;
        }
        catch (Exception exception) when (HasHungUp(exception, stop))
        {
            // Nobody hears it. It sends again what it did not hear acknowledged.
            Log.HungUp(logger, method, exception.Message);
            throw new RpcException(new Grpc.Core.Status(StatusCode.Cancelled, "The terminal has hung up."));
        }
        catch (Exception exception)
        {
            throw Faults.ToRpcException(exception, method, logger);
        }
        finally
        {
            // Not one read may be left under way, as with a pipeline; nor may it wait for room that nobody makes any more.
            await noMore.CancelAsync();
            await reading;
        }
    }

    /// <summary>Its place in the terminal's queue.</summary>
    protected abstract long PositionOf(TRequest request);

    /// <summary>Writes it down; null when it is recorded, else why it cannot be taken as it is. Throws as every door does.</summary>
    protected abstract ValueTask<Status?> Merge(TRequest request);

    /// <summary>Tells the terminal how far its queue is recorded, and what of it was not taken.</summary>
    protected abstract TResponse Acknowledged(long position, IReadOnlyList<(long Position, Status Error)> notTaken);

    // The connection may break before the call is known to be over; and once it is, nothing can be written any more.
    private static bool HasHungUp(Exception exception, CancellationToken stop) =>
        exception is IOException || (stop.IsCancellationRequested && exception is (OperationCanceledException or InvalidOperationException));

    private async Task Read(IAsyncStreamReader<TRequest> requests, ChannelWriter<Merging> merging, CancellationToken noMore)
    {
        try
        {
            for (var last = 0L; await requests.MoveNext(noMore); last = PositionOf(requests.Current))
            {
                var position = PositionOf(requests.Current);
                if (position <= last) throw new BadFieldException("position", $"should be above that of the fact before, {last}.");
                await merging.WriteAsync(new Merging(position, TryMerge(requests.Current)), noMore);
            }

            merging.Complete();
        }
        catch (Exception exception)
        {
            merging.Complete(noMore.IsCancellationRequested ? null : exception);
        }
    }

    private async Task Acknowledge(ChannelReader<Merging> merging, IServerStreamWriter<TResponse> responses, CancellationToken stop)
    {
        while (await merging.WaitToReadAsync(stop))
        {
            var (acknowledged, notTaken) = (0L, new List<(long, Status)>());
            try
            {
                while (merging.TryPeek(out var next) && (acknowledged == 0 || next.Outcome.IsCompleted))
                {
                    merging.TryRead(out _);
                    if (await next.Outcome is { } error) notTaken.Add((next.Position, error));
                    acknowledged = next.Position;
                }
            }
            finally
            {
                // What was merged before one that failed need not come again.
                if (acknowledged > 0) await responses.WriteAsync(Acknowledged(acknowledged, notTaken), stop);
            }
        }
    }

    private async Task<Status?> TryMerge(TRequest request)
    {
        try
        {
            return await Merge(request);
        }
        catch (Exception exception) when (exception is HolderUnknownException || Faults.StatusOf(exception) is { Code: (int)Code.InvalidArgument or (int)Code.AlreadyExists })
        {
            return Faults.StatusOf(exception);
        }
    }

    /// <summary>A fact on its way into the journal.</summary>
    private readonly record struct Merging(long Position, Task<Status?> Outcome);
}
