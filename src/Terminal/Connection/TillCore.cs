using Google.Protobuf;
using Grpc.Core;
using Zvonok.Till.V1;
using Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Connection;

/// <summary>The core as tills and validators speak with it.</summary>
internal sealed class TillCore(int device, uint keyId) : ICore
{
    public IConversation Connect(CallInvoker core, Greeting hello, CancellationToken stop) => new Conversation(new TillService.TillServiceClient(core).Connect(cancellationToken: stop), new ConnectRequest
    {
        Hello = new Hello { DeviceId = device, ListKeyId = hello.ListKeyId, ListVersion = hello.ListVersion, QueuedFacts = Wire.Count(hello.Queued) },
    });

    public async Task<(SignedList? List, TimeSpan? FetchAfter)> FetchList(CallInvoker core, long knownVersion, CancellationToken stop)
    {
        var answer = await new TillService.TillServiceClient(core).FetchListAsync(new FetchListRequest { DeviceId = device, KeyId = keyId, KnownVersion = knownVersion }, cancellationToken: stop);
        return (answer.List, answer.FetchAfter?.ToTimeSpan());
    }

    public IUpload Upload(CallInvoker core, CancellationToken stop) => new Uploading(new TillService.TillServiceClient(core).UploadFacts(cancellationToken: stop));

    private sealed class Conversation(AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, ConnectRequest hello) : IConversation
    {
        private readonly Task _greeting = call.RequestStream.WriteAsync(hello);

        public async Task Send(IMessage request)
        {
            await _greeting;
            await call.RequestStream.WriteAsync(request switch
            {
                SellRequest sale => new ConnectRequest { Sell = sale },
                ReverseSaleRequest reversal => new ConnectRequest { ReverseSale = reversal },
                PayRideRequest ride => new ConnectRequest { PayRide = ride },
                RedeemMealRequest meal => new ConnectRequest { RedeemMeal = meal },
                RedeemOrderRequest order => new ConnectRequest { RedeemOrder = order },
                _ => throw new ArgumentException($"A till does not send a {request.GetType().Name}.", nameof(request)),
            });
        }

        public async Task Beat(Instant deviceTime, long queued, IReadOnlyCollection<int> fireInputs)
        {
            await _greeting;
            await call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = new Heartbeat { DeviceTime = deviceTime.ToTimestamp(), QueuedFacts = Wire.Count(queued) } });
        }

        public async Task<News?> Read() => await call.ResponseStream.MoveNext(CancellationToken.None) ? Read(call.ResponseStream.Current) : null;

        public void Dispose() => call.Dispose();

        private static News Read(ConnectResponse response) => response.MessageCase switch
        {
            ConnectResponse.MessageOneofCase.OperationResult => new News
            {
                Operation = response.OperationResult.OperationId.ToOperation(),
                Answer = (IMessage?)response.OperationResult.Granted ?? response.OperationResult.Refused,
                Error = response.OperationResult.Error,
            },
            ConnectResponse.MessageOneofCase.Welcome => new News
            {
                IsWelcome = true,
                ServerTime = response.Welcome.ServerTime?.ToInstant(),
                HeartbeatInterval = response.Welcome.HeartbeatInterval?.ToTimeSpan(),
                Pace = Pace(response.Welcome.Pace),
            },
            ConnectResponse.MessageOneofCase.List => new News { List = response.List },
            ConnectResponse.MessageOneofCase.Pace => new News { Pace = Pace(response.Pace) },
            ConnectResponse.MessageOneofCase.Heartbeat => new News { ServerTime = response.Heartbeat.ServerTime?.ToInstant() },
            // A newer core says something that this program need not know.
            _ => default,
        };

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
