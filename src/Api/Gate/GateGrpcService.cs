using Zvonok.Api.Hosting;
using Zvonok.Api.Lists;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Gate;

/// <summary>The gates' door.</summary>
internal sealed class GateGrpcService(Door door, TapDoor taps, GateDoor gates, VerifyDoor cards, HandOverDoor handOvers, ListDoor lists, ILogger<GateGrpcService> logger) : GateService.GateServiceBase
{
    public override Task<TapResponse> Tap(TapRequest request, ServerCallContext context) =>
        DeviceCall.Answer(taps.Tap(request), ToResponse, context, logger);

    public override Task<ReportGateEventResponse> ReportGateEvent(ReportGateEventRequest request, ServerCallContext context) => DeviceCall.Answer(
        gates.Report(request),
        static answer => new ReportGateEventResponse { PassageNumber = answer.Seq, RefusalReason = (RefusalReason)answer.Refusal, EventTime = answer.EventAt.ToTimestamp() },
        context, logger);

    public override Task<AdmitManuallyResponse> AdmitManually(AdmitManuallyRequest request, ServerCallContext context) => DeviceCall.Answer(
        gates.Admit(request),
        static answer => new AdmitManuallyResponse
        {
            PassageNumber = answer.Seq,
            Outcome = (Outcome)answer.Outcome,
            Direction = (Zvonok.Gate.V1.Direction)(answer.Direction ?? default),
            Flag = (Flag)answer.Flag,
            RefusalReason = (RefusalReason)answer.Refusal,
            EventTime = answer.EventAt.ToTimestamp(),
        },
        context, logger);

    public override Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context) => DeviceCall.Answer(handOvers.HandOver(request), static answer => answer, context, logger);

    public override Task<VerifyResponse> Verify(VerifyRequest request, ServerCallContext context) => DeviceCall.Answer(
        cards.Verify(request),
        static holder => new VerifyResponse { Valid = holder is not null, HolderKind = (HolderKind)(holder ?? default) },
        context, logger);

    public override Task<FetchListResponse> FetchList(FetchListRequest request, ServerCallContext context) => DeviceCall.Answer(
        lists.Fetch(request.DeviceId, DeviceKind.Gate, request.KeyId, request.KnownVersion), list => new FetchListResponse { List = list, FetchAfter = lists.NextFetch() }, context, logger);

    public override Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        Pipeline.Run(requestStream, responseStream, Answer, context.CancellationToken, door.ServerStops);

    private async ValueTask<ConnectResponse> Answer(ConnectRequest request)
    {
        var result = new TapResult();
        try
        {
            if (request.MessageCase != ConnectRequest.MessageOneofCase.Tap) throw new BadFieldException("message", "should be a tap.");
            result.OperationId = request.Tap.OperationId;
            result.Response = ToResponse(await taps.Tap(request.Tap));
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, "GateService/Connect", logger);
        }

        return new ConnectResponse { TapResult = result };
    }

    private static TapResponse ToResponse(BuildingAnswer answer) => new()
    {
        PassageNumber = answer.Seq,
        Outcome = (Outcome)answer.Outcome,
        Direction = (Zvonok.Gate.V1.Direction)(answer.Direction ?? default),
        Flag = (Flag)answer.Flag,
        RefusalReason = (RefusalReason)answer.Refusal,
        AccountNumber = answer.Account?.Value ?? 0,
        EventTime = answer.EventAt.ToTimestamp(),
    };
}
