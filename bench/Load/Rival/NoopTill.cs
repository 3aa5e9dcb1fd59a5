using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Zvonok.Till.V1;

namespace Zvonok.Load.Rival;

/// <summary>Answers at once and does nothing: what the way there and back costs.</summary>
internal sealed class NoopTill : TillService.TillServiceBase
{
    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) =>
        Task.FromResult(new SellResponse { Granted = Granted(request.EventTime) });

    public override async Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(new ConnectResponse
            {
                OperationResult = new OperationResult { OperationId = request.Sell.OperationId, Granted = Granted(request.Sell.EventTime) },
            });
    }

    private static OperationGranted Granted(Timestamp at) =>
        new() { AccountNumber = 12_345_678, EntryNumber = 1, BalanceKopecks = 1_000_000, EventTime = at };
}
