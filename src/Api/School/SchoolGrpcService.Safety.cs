using Zvonok.Api.Shapes;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>Evacuation, lockdown, roll calls and alarms.</summary>
internal sealed partial class SchoolGrpcService
{
    public override async Task<StartEvacuationResponse> StartEvacuation(StartEvacuationRequest request, ServerCallContext context)
    {
        var answer = await safety.Start(request);
        return SafetyShape.IsGranted(answer) ? new() { Granted = SafetyShape.Changed(answer) } : new() { Refused = SafetyShape.Refused(answer) };
    }

    public override async Task<EndEvacuationResponse> EndEvacuation(EndEvacuationRequest request, ServerCallContext context)
    {
        var answer = await safety.End(request);
        return SafetyShape.IsGranted(answer) ? new() { Granted = SafetyShape.Changed(answer) } : new() { Refused = SafetyShape.Refused(answer) };
    }

    public override async Task<StartLockdownResponse> StartLockdown(StartLockdownRequest request, ServerCallContext context)
    {
        var answer = await safety.Start(request);
        return SafetyShape.IsGranted(answer) ? new() { Granted = SafetyShape.Changed(answer) } : new() { Refused = SafetyShape.Refused(answer) };
    }

    public override async Task<EndLockdownResponse> EndLockdown(EndLockdownRequest request, ServerCallContext context)
    {
        var answer = await safety.End(request);
        return SafetyShape.IsGranted(answer) ? new() { Granted = SafetyShape.Changed(answer) } : new() { Refused = SafetyShape.Refused(answer) };
    }

    public override Task GetRollCall(GetRollCallRequest request, IServerStreamWriter<GetRollCallResponse> responseStream, ServerCallContext context) =>
        rollCalls.Send(request, responseStream, context.CancellationToken);

    public override Task ExportRollCall(ExportRollCallRequest request, IServerStreamWriter<ExportRollCallResponse> responseStream, ServerCallContext context) =>
        rollCalls.Export(request, responseStream, context.CancellationToken);

    public override async Task<MarkFoundResponse> MarkFound(MarkFoundRequest request, ServerCallContext context)
    {
        var answer = await rollCalls.Mark(request);
        return new() { PassageNumber = answer.Seq, EventTime = answer.EventAt.ToTimestamp(), RefusalReason = (Zvonok.Gate.V1.RefusalReason)answer.Refusal };
    }

    public override Task<ListAlarmsResponse> ListAlarms(ListAlarmsRequest request, ServerCallContext context) => alarms.List(request);

    public override Task<AcknowledgeAlarmResponse> AcknowledgeAlarm(AcknowledgeAlarmRequest request, ServerCallContext context) => alarms.Acknowledge(request);

    public override async Task<GetBuildingResponse> GetBuilding(GetBuildingRequest request, ServerCallContext context) => await safety.Get(request);
}
