using System.Threading.Channels;
using Google.Rpc;
using Zvonok.Api.Hosting;
using Zvonok.Till.V1;
using FactCase = Zvonok.Till.V1.UploadFactsRequest.FactOneofCase;
using Status = Google.Rpc.Status;

namespace Zvonok.Api.Till;

/// <summary>
/// Takes what a terminal did without a connection (O3): many facts at a time, so that they gather in common commits, and acknowledges them in the order of its queue. What
/// cannot be taken as it is holds up nothing; what cannot be taken now ends the call, and the terminal sends again what was not acknowledged.
/// </summary>
internal sealed class FactUpload(SaleDoor sales, RideDoor rides, Door door, ILogger<FactUpload> logger)
{
    // As many as of a Connect stream.
    private const int UndecidedMax = Pipeline.UndecidedMax;

    /// <summary>Runs until the terminal has sent its last fact and has it acknowledged. When the server stops, what was read is acknowledged, and the terminal goes on elsewhere.</summary>
    public async Task Run(IAsyncStreamReader<UploadFactsRequest> requests, IServerStreamWriter<UploadFactsResponse> responses, CancellationToken stop)
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
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            throw Faults.ToRpcException(exception, "TillService/UploadFacts", logger);
        }
        finally
        {
            // Not one read may be left under way, as with a pipeline; nor may it wait for room that nobody makes any more.
            await noMore.CancelAsync();
            await reading;
        }
    }

    private async Task Read(IAsyncStreamReader<UploadFactsRequest> requests, ChannelWriter<Merging> merging, CancellationToken noMore)
    {
        try
        {
            for (var last = 0L; await requests.MoveNext(noMore); last = requests.Current.Position)
            {
                if (requests.Current.Position <= last) throw new BadFieldException("position", $"should be above that of the fact before, {last}.");
                await merging.WriteAsync(new Merging(requests.Current.Position, Merge(requests.Current)), noMore);
            }

            merging.Complete();
        }
        catch (Exception exception)
        {
            merging.Complete(noMore.IsCancellationRequested ? null : exception);
        }
    }

    private static async Task Acknowledge(ChannelReader<Merging> merging, IServerStreamWriter<UploadFactsResponse> responses, CancellationToken stop)
    {
        while (await merging.WaitToReadAsync(stop))
        {
            var response = new UploadFactsResponse();
            try
            {
                while (merging.TryPeek(out var next) && (response.AcknowledgedPosition == 0 || next.Outcome.IsCompleted))
                {
                    merging.TryRead(out _);
                    if (await next.Outcome is { } error) response.NotTaken.Add(new FactNotTaken { Position = next.Position, Error = error });
                    response.AcknowledgedPosition = next.Position;
                }
            }
            finally
            {
                // What was merged before one that failed need not come again.
                if (response.AcknowledgedPosition > 0) await responses.WriteAsync(response, stop);
            }
        }
    }

    // Null: it is in the ledger.
    private async Task<Status?> Merge(UploadFactsRequest request)
    {
        try
        {
            var answer = await Do(request);
            return answer.Refusal == AccountRefusal.None
                ? null
                : new Status { Code = (int)Code.NotFound, Message = $"card_uid: {answer.Refusal}: nobody has registered this card, or its account." };
        }
        catch (Exception exception) when (Faults.StatusOf(exception) is { Code: (int)Code.InvalidArgument or (int)Code.AlreadyExists } status)
        {
            return status;
        }
    }

    private ValueTask<AccountAnswer> Do(UploadFactsRequest request) => request.FactCase switch
    {
        FactCase.Sell => sales.Sell(request.Sell, isFact: true),
        FactCase.RedeemMeal => sales.Redeem(request.RedeemMeal, isFact: true),
        FactCase.RedeemOrder => sales.RedeemOrder(request.RedeemOrder, isFact: true),
        FactCase.PayRide => rides.Pay(request.PayRide, isFact: true),
        _ => throw new BadFieldException("fact", "should be a sale, a meal or a ride."),
    };

    /// <summary>A fact on its way into the ledger.</summary>
    private readonly record struct Merging(long Position, Task<Status?> Outcome);
}
