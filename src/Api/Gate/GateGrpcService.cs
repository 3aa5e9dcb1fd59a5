using Zvonok.Api.Connections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Lists;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Gate;

/// <summary>The gates' door.</summary>
internal sealed class GateGrpcService(ConnectionServices connections, TapDoor taps, GateDoor gates, VerifyDoor cards, HandOverDoor handOvers, GateFacts facts, ListDoor lists, ILogger<GateGrpcService> logger) : GateService.GateServiceBase
{
    private static readonly DeviceKind[] Audiences = [DeviceKind.Gate];

    public override Task<TapResponse> Tap(TapRequest request, ServerCallContext context) =>
        DeviceCall.Answer(taps.Tap(request), GateShape.ToResponse, context, logger);

    public override Task<ReportGateEventResponse> ReportGateEvent(ReportGateEventRequest request, ServerCallContext context) => DeviceCall.Answer(
        gates.Report(request), GateShape.ToReportResponse, context, logger);

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
            Unrecorded = answer.IsUnrecorded,
        },
        context, logger);

    public override Task<HandOverResponse> HandOver(HandOverRequest request, ServerCallContext context) => DeviceCall.Answer(handOvers.HandOver(request), static answer => answer, context, logger);

    public override Task<VerifyResponse> Verify(VerifyRequest request, ServerCallContext context) => DeviceCall.Answer(
        cards.Verify(request),
        static holder => new VerifyResponse { Valid = holder is not null, HolderKind = (HolderKind)(holder ?? default) },
        context, logger);

    public override Task<FetchListResponse> FetchList(FetchListRequest request, ServerCallContext context) => DeviceCall.Answer(
        lists.Fetch(request.DeviceId, Audiences, request.KeyId, request.KnownVersion), list => new FetchListResponse { List = list, FetchAfter = lists.NextFetch().ToDuration() }, context, logger);

    public override Task UploadFacts(IAsyncStreamReader<UploadFactsRequest> requestStream, IServerStreamWriter<UploadFactsResponse> responseStream, ServerCallContext context) =>
        facts.Run(requestStream, responseStream, context.CancellationToken);

    public override Task Connect(IAsyncStreamReader<ConnectRequest> requestStream, IServerStreamWriter<ConnectResponse> responseStream, ServerCallContext context) =>
        new GateConversation(connections, taps, gates, context, logger).Run(requestStream, responseStream);
}
