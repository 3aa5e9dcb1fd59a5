using Google.Protobuf;
using Grpc.Core;
using Zvonok.Gate.V1;
using Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Connection;

/// <summary>The core as gates speak with it.</summary>
internal sealed class GateCore(IReadOnlyList<int> devices, uint keyId) : ICore
{
    public IConversation Connect(CallInvoker core, Greeting hello, CancellationToken stop) => new Conversation(new GateService.GateServiceClient(core).Connect(cancellationToken: stop), new ConnectRequest
    {
        Hello = new Hello { DeviceIds = { devices }, ListKeyId = hello.ListKeyId, ListVersion = hello.ListVersion, QueuedFacts = Wire.Count(hello.Queued) },
    });

    public async Task<(SignedList? List, TimeSpan? FetchAfter)> FetchList(CallInvoker core, long knownVersion, CancellationToken stop)
    {
        var answer = await new GateService.GateServiceClient(core).FetchListAsync(new FetchListRequest { DeviceId = devices[0], KeyId = keyId, KnownVersion = knownVersion }, cancellationToken: stop);
        return (answer.List, answer.FetchAfter?.ToTimeSpan());
    }

    public IUpload Upload(CallInvoker core, CancellationToken stop) => new Uploading(new GateService.GateServiceClient(core).UploadFacts(cancellationToken: stop));

    private sealed class Conversation(AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, ConnectRequest hello) : IConversation
    {
        private readonly Task _greeting = call.RequestStream.WriteAsync(hello);

        public async Task Send(IMessage request)
        {
            await _greeting;
            await call.RequestStream.WriteAsync(request switch
            {
                TapRequest tap => new ConnectRequest { Tap = tap },
                ReportGateEventRequest report => new ConnectRequest { Report = report },
                _ => throw new ArgumentException($"A gate does not send a {request.GetType().Name}.", nameof(request)),
            });
        }

        public async Task Beat(Instant deviceTime, long queued, IReadOnlyCollection<int> fireInputs)
        {
            await _greeting;
            await call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = new Heartbeat { DeviceTime = deviceTime.ToTimestamp(), QueuedFacts = Wire.Count(queued), FireInputDeviceIds = { fireInputs } } });
        }

        public async Task<News?> Read() => await call.ResponseStream.MoveNext(CancellationToken.None) ? Read(call.ResponseStream.Current) : null;

        public void Dispose() => call.Dispose();

        private static News Read(ConnectResponse response) => response.MessageCase switch
        {
            ConnectResponse.MessageOneofCase.TapResult => new News { Operation = response.TapResult.OperationId.ToOperation(), Answer = response.TapResult.Response, Error = response.TapResult.Error },
            ConnectResponse.MessageOneofCase.ReportResult => new News { Operation = response.ReportResult.OperationId.ToOperation(), Answer = response.ReportResult.Response, Error = response.ReportResult.Error },
            ConnectResponse.MessageOneofCase.Welcome => new News
            {
                IsWelcome = true,
                ServerTime = response.Welcome.ServerTime?.ToInstant(),
                HeartbeatInterval = response.Welcome.HeartbeatInterval?.ToTimeSpan(),
                Mode = Mode(response.Welcome.Mode),
                Pace = Pace(response.Welcome.Pace),
            },
            ConnectResponse.MessageOneofCase.Mode => new News { Mode = Mode(response.Mode) },
            ConnectResponse.MessageOneofCase.List => new News { List = response.List },
            ConnectResponse.MessageOneofCase.Pace => new News { Pace = Pace(response.Pace) },
            ConnectResponse.MessageOneofCase.Heartbeat => new News { ServerTime = response.Heartbeat.ServerTime?.ToInstant() },
            // A newer core says something that this program need not know.
            _ => default,
        };

        private static (int Mode, bool Open)? Mode(ModeNotice? notice) => notice is null || notice.Mode == 0 ? null : ((int)notice.Mode, notice.Open);

        private static (TimeSpan After, int PerSecond)? Pace(Pace? pace) => pace is null ? null : (pace.UploadAfter?.ToTimeSpan() ?? TimeSpan.Zero, pace.FactsPerSecond);
    }

    private sealed class Uploading(AsyncDuplexStreamingCall<UploadFactsRequest, UploadFactsResponse> call) : IUpload
    {
        public async Task Send(long position, byte[] body)
        {
            var fact = UploadFactsRequest.Parser.ParseFrom(body);
            fact.Position = position;
            await call.RequestStream.WriteAsync(fact);
        }

        public Task Finish() => call.RequestStream.CompleteAsync();

        public async Task<Acknowledged?> Read() => await call.ResponseStream.MoveNext(CancellationToken.None)
            ? new Acknowledged(call.ResponseStream.Current.AcknowledgedPosition, [.. call.ResponseStream.Current.NotTaken.Select(fact => (fact.Position, fact.Error.Code, fact.Error.Message))])
            : null;

        public void Dispose() => call.Dispose();
    }
}
