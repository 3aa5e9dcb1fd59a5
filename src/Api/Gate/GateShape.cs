using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains.Journal;

namespace Zvonok.Api.Gate;

/// <summary>What requests of gates have in common.</summary>
internal static class GateShape
{
    /// <summary>Where the gate stands.</summary>
    public static BuildingId BuildingOf(DeviceRecord? gate, int id) => gate?.Device switch
    {
        null => throw NotFoundException.Device(id),
        { Kind: not DeviceKind.Gate } => throw new BadFieldException("device_id", $"device {id} is registered as another kind of device: taps come from gates."),
        var device => device.Building,
    };

    /// <summary>A decision as a tap's answer.</summary>
    public static TapResponse ToResponse(BuildingAnswer answer) => new()
    {
        PassageNumber = answer.Seq,
        Outcome = (Outcome)answer.Outcome,
        Direction = (Zvonok.Gate.V1.Direction)(answer.Direction ?? default),
        Flag = (Flag)answer.Flag,
        RefusalReason = (RefusalReason)answer.Refusal,
        AccountNumber = answer.Account?.Value ?? 0,
        EventTime = answer.EventAt.ToTimestamp(),
        Unrecorded = answer.IsUnrecorded,
    };

    /// <summary>A recorded report as its answer.</summary>
    public static ReportGateEventResponse ToReportResponse(BuildingAnswer answer) => new()
    {
        PassageNumber = answer.Seq,
        RefusalReason = (RefusalReason)answer.Refusal,
        EventTime = answer.EventAt.ToTimestamp(),
        Unrecorded = answer.IsUnrecorded,
    };
}
