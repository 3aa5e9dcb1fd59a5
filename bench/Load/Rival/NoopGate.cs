using Grpc.Core;
using Zvonok.Gate.V1;

namespace Zvonok.Load.Rival;

/// <summary>Admits everybody at once and does nothing: what a device's way there and back costs over a connection of its own.</summary>
internal sealed class NoopGate : GateService.GateServiceBase
{
    public override async Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken)) await responseStream.WriteAsync(Answer(request));
    }

    private static ConnectResponse Answer(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Hello => new ConnectResponse { Welcome = new Welcome { HeartbeatInterval = NoopTill.HeartbeatInterval, Pace = new Pace { UploadAfter = new() } } },
        ConnectRequest.MessageOneofCase.Heartbeat => new ConnectResponse { Heartbeat = new HeartbeatAnswer() },
        _ => new ConnectResponse { TapResult = new TapResult { OperationId = request.Tap.OperationId, Response = Admitted(request.Tap) } },
    };

    private static TapResponse Admitted(TapRequest tap) => new() { Outcome = Outcome.Admitted, Direction = tap.Direction, AccountNumber = 12_345_678, EventTime = tap.EventTime };
}
