using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Till.V1;
using Duration = Google.Protobuf.WellKnownTypes.Duration;

namespace Zvonok.Load.Rival;

/// <summary>Answers at once and does nothing: what the way there and back costs.</summary>
internal sealed class NoopTill : TillService.TillServiceBase
{
    /// <summary>As the core's devices have it.</summary>
    public static readonly Duration HeartbeatInterval = Duration.FromTimeSpan(TimeSpan.FromSeconds(new ConnectionOptions().HeartbeatSeconds));

    public override Task<SellResponse> Sell(SellRequest request, ServerCallContext context) =>
        Task.FromResult(new SellResponse { Granted = Granted(request.EventTime) });

    public override async Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken)) await responseStream.WriteAsync(Answer(request));
    }

    private static ConnectResponse Answer(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Hello => new ConnectResponse { Welcome = new Welcome { HeartbeatInterval = HeartbeatInterval, Pace = new Pace { UploadAfter = new() } } },
        ConnectRequest.MessageOneofCase.Heartbeat => new ConnectResponse { Heartbeat = new HeartbeatAnswer() },
        _ => new ConnectResponse { OperationResult = new OperationResult { OperationId = request.Sell.OperationId, Granted = Granted(request.Sell.EventTime) } },
    };

    private static OperationGranted Granted(Timestamp at) =>
        new() { AccountNumber = 12_345_678, EntryNumber = 1, BalanceKopecks = 1_000_000, EventTime = at };
}
