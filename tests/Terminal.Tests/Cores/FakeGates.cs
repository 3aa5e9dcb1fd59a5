using Grpc.Core;
using Zvonok.Gate.V1;

namespace Zvonok.Terminals.Tests.Cores;

internal sealed class FakeGates(FakeCore core) : GateService.GateServiceBase
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
                        var (mode, open) = core.Mode;
                        await responses.WriteAsync(new ConnectResponse
                        {
                            Welcome = new Welcome
                            {
                                ServerTime = core.Now,
                                HeartbeatInterval = ToDuration(core.HeartbeatInterval),
                                Mode = new ModeNotice { Mode = mode, Open = open },
                                Pace = core.Pace is { } pace ? new Pace { UploadAfter = ToDuration(pace.After), FactsPerSecond = pace.PerSecond } : null,
                            },
                        });
                        writing = Write(pushes.Reader, responses);
                        break;
                    case ConnectRequest.MessageOneofCase.Heartbeat:
                        core.FireInputs.Enqueue([.. request.Heartbeat.FireInputDeviceIds]);
                        pushes.Writer.TryWrite(new FakeCore.Push { Result = new HeartbeatAnswer { ServerTime = core.Now } });
                        break;
                    case ConnectRequest.MessageOneofCase.Tap:
                        core.Asked.Enqueue(request.Tap);
                        if (core.OnTap(request.Tap) is { } result) pushes.Writer.TryWrite(new FakeCore.Push { Result = result });
                        break;
                    case ConnectRequest.MessageOneofCase.Report:
                        core.Asked.Enqueue(request.Report);
                        pushes.Writer.TryWrite(new FakeCore.Push { Result = new ReportResult { OperationId = request.Report.OperationId, Response = new ReportGateEventResponse { PassageNumber = 9 } } });
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
            core.Uploaded.Enqueue((request.Position, request.FactCase == UploadFactsRequest.FactOneofCase.Passage ? request.Passage : request.Report));
            var answer = new UploadFactsResponse { AcknowledgedPosition = request.Position };
            if (core.OnFact(request.Position) is { } error) answer.NotTaken.Add(new FactNotTaken { Position = request.Position, Error = error });
            // The fact is recorded, and nobody hears of it.
            if (++count == core.UploadBreaksAfter) throw new RpcException(new Status(StatusCode.Unavailable, "broken off"));
            await responses.WriteAsync(answer);
        }
    }

    private static async Task Write(System.Threading.Channels.ChannelReader<FakeCore.Push> pushes, IServerStreamWriter<ConnectResponse> responses)
    {
        await foreach (var push in pushes.ReadAllAsync())
        {
            await responses.WriteAsync(push switch
            {
                { Mode: { } mode } => new ConnectResponse { Mode = new ModeNotice { Mode = mode.Mode, Open = mode.Open } },
                { List: { } list } => new ConnectResponse { List = list },
                { Result: TapResult tap } => new ConnectResponse { TapResult = tap },
                { Result: ReportResult report } => new ConnectResponse { ReportResult = report },
                { Result: HeartbeatAnswer answer } => new ConnectResponse { Heartbeat = answer },
                _ => throw new InvalidOperationException("Gates are not told that."),
            });
        }
    }
}
