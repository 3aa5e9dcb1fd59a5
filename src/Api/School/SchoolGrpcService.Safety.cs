using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>Evacuation and lockdown.</summary>
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

    public override async Task<GetBuildingResponse> GetBuilding(GetBuildingRequest request, ServerCallContext context) => await safety.Get(request);
}
