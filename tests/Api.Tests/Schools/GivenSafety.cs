using Zvonok.Api.Tests.Servers;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Schools;

/// <summary>What is asked for when there is a fire, or worse.</summary>
internal static class GivenSafety
{
    /// <summary>A school with a gate and a fire panel; heads end what others start, and guards come in during a lockdown.</summary>
    public const int School = 1503;
    public const int Gate = 604;
    public const int Panel = 901;
    public const int Kiosk = 902;

    public static Row[] Rows =>
    [
        new() { Building = new Building { BuildingId = School, TimeZone = Given.Zone, LockdownRoles = { "guard" }, SafetyRoles = { "head", "deputy" } } },
        new() { Device = new Device { DeviceId = Gate, Kind = DeviceKind.Gate, BuildingId = School } },
        new() { Device = new Device { DeviceId = Kiosk, Kind = DeviceKind.Kiosk, BuildingId = School } },
        new() { Device = new Device { DeviceId = Panel, Kind = DeviceKind.FirePanel, BuildingId = School } },
    ];

    public static StartEvacuationRequest Evacuation(ByteString operation, Pupil employee) =>
        new() { OperationId = operation, BuildingId = School, EmployeeCardUid = employee.Uid, Reason = "Дым на втором этаже" };

    public static EndEvacuationRequest EndEvacuation(ByteString operation, Pupil employee) =>
        new() { OperationId = operation, BuildingId = School, EmployeeCardUid = employee.Uid, Reason = "The fire brigade has left" };

    public static StartLockdownRequest Lockdown(ByteString operation, Pupil employee) =>
        new() { OperationId = operation, BuildingId = School, EmployeeCardUid = employee.Uid, Reason = "A stranger at the fence" };

    public static ExportRollCallRequest Export(RollCallFormat format = RollCallFormat.Csv, Zvonok.Family.V1.Language language = Zvonok.Family.V1.Language.Russian) =>
        new() { BuildingId = School, Format = format, Language = language };

    public static MarkFoundRequest Found(ByteString operation, Pupil employee, Pupil person) =>
        new() { OperationId = operation, BuildingId = School, AccountNumber = person.Number, EmployeeCardUid = employee.Uid };

    public static AcknowledgeAlarmRequest Acknowledge(Pupil employee, long alarm, int building = School) =>
        new() { BuildingId = building, AlarmNumber = alarm, EmployeeCardUid = employee.Uid, Note = "A door was wedged" };

    public static EndLockdownRequest EndLockdown(ByteString operation, Pupil employee) =>
        new() { OperationId = operation, BuildingId = School, EmployeeCardUid = employee.Uid, Reason = "The police say so" };
}
