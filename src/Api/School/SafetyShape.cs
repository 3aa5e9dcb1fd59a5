using Zvonok.Api.Shapes;
using Zvonok.Grains.Buildings;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>Modes as a school is told of them.</summary>
internal static class SafetyShape
{
    public static bool IsGranted(BuildingAnswer answer) => answer.Refusal == TapRefusal.None;

    public static ModeChanged Changed(BuildingAnswer answer) => new() { PassageNumber = answer.Seq, EventTime = answer.EventAt.ToTimestamp() };

    public static ModeRefused Refused(BuildingAnswer answer) => new() { Reason = (Zvonok.Gate.V1.RefusalReason)answer.Refusal };

    public static GetBuildingResponse ToMessage(BuildingView building) => new()
    {
        Mode = (Zvonok.Feed.V1.BuildingMode)building.Mode,
        ModeTime = building.InMode?.Since.ToTimestamp(),
        EmployeeAccountNumber = building.InMode?.By?.Value ?? 0,
        DeviceId = building.InMode?.Device.Value ?? 0,
        Reason = building.InMode?.Reason ?? "",
        InsideCount = building.Inside.Length,
    };
}
