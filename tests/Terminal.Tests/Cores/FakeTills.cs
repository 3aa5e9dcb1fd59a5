using Google.Protobuf;
using Grpc.Core;
using Zvonok.Till.V1;

namespace Zvonok.Terminals.Tests.Cores;

internal sealed class FakeTills(FakeCore core) : TillService.TillServiceBase
{
    private static Google.Protobuf.WellKnownTypes.Duration ToDuration(TimeSpan time) => Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(time);

    public override async Task Connect(IAsyncStreamReader<ConnectRequest> requests, IServerStreamWriter<ConnectResponse> responses, ServerCallContext context)
    {
        var id = Guid.NewGuid();
        var pushes = core.Join(id);
        var writing = Task.CompletedTask;
        try
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                switch (request.MessageCase)
                {
                    case ConnectRequest.MessageOneofCase.Hello:
                        core.Hellos.Enqueue(request.Hello);
                        await responses.WriteAsync(new ConnectResponse
                        {
                            Welcome = new Welcome
                            {
                                ServerTime = core.Now,
                                HeartbeatInterval = ToDuration(core.HeartbeatInterval),
                                Pace = core.Pace is { } pace ? new Pace { UploadAfter = ToDuration(pace.After), FactsPerSecond = pace.PerSecond } : null,
                            },
                        });
                        writing = Write(pushes.Reader, responses);
                        break;
                    case ConnectRequest.MessageOneofCase.Heartbeat:
                        pushes.Writer.TryWrite(new FakeCore.Push { Result = new HeartbeatAnswer { ServerTime = core.Now } });
                        break;
                    default:
                        var asked = Inner(request);
                        core.Asked.Enqueue(asked);
                        if (core.OnSale(asked) is { } result) pushes.Writer.TryWrite(new FakeCore.Push { Result = result });
                        break;
                }
            }
        }
        finally
        {
            core.Leave(id);
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public override Task<FetchListResponse> FetchList(FetchListRequest request, ServerCallContext context) =>
        Task.FromResult(new FetchListResponse { List = core.Fetch(request.KnownVersion), FetchAfter = ToDuration(TimeSpan.FromSeconds(1)) });

    public override async Task UploadFacts(IAsyncStreamReader<UploadFactsRequest> requests, IServerStreamWriter<UploadFactsResponse> responses, ServerCallContext context)
    {
        var count = 0;
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            core.Uploaded.Enqueue((request.Position, request));
            var answer = new UploadFactsResponse { AcknowledgedPosition = request.Position };
            if (core.OnFact(request.Position) is { } error) answer.NotTaken.Add(new FactNotTaken { Position = request.Position, Error = error });
            if (++count == core.UploadBreaksAfter) throw new RpcException(new Status(StatusCode.Unavailable, "broken off"));
            await responses.WriteAsync(answer);
        }
    }

    private static IMessage Inner(ConnectRequest request) => request.MessageCase switch
    {
        ConnectRequest.MessageOneofCase.Sell => request.Sell,
        ConnectRequest.MessageOneofCase.ReverseSale => request.ReverseSale,
        ConnectRequest.MessageOneofCase.PayRide => request.PayRide,
        ConnectRequest.MessageOneofCase.RedeemMeal => request.RedeemMeal,
        _ => request.RedeemOrder,
    };

    private static async Task Write(System.Threading.Channels.ChannelReader<FakeCore.Push> pushes, IServerStreamWriter<ConnectResponse> responses)
    {
        await foreach (var push in pushes.ReadAllAsync())
        {
            await responses.WriteAsync(push switch
            {
                { List: { } list } => new ConnectResponse { List = list },
                { Result: OperationResult result } => new ConnectResponse { OperationResult = result },
                { Result: HeartbeatAnswer answer } => new ConnectResponse { Heartbeat = answer },
                _ => throw new InvalidOperationException("Tills are not told that."),
            });
        }
    }
}
