using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;
using Zvonok.Gate.V1;
using Zvonok.Grains;
using Zvonok.Grains.Devices;
using Direction = Zvonok.Domain.Buildings.Direction;
using GateEventKind = Zvonok.Domain.Buildings.GateEventKind;

namespace Zvonok.Api.Gate;

/// <summary>The way in of what gates report (P5) and of admissions by hand (P6): shape, device, building, answer.</summary>
internal sealed class GateDoor(Door door, DeviceDirectory devices, Employees employees, GrainLookup grains)
{
    public ValueTask<BuildingAnswer> Report(ReportGateEventRequest request) =>
        door.Do(OperationKind.ReportGateEvent, (gates: this, request), static way => way.gates.DoReport(way.request));

    public ValueTask<BuildingAnswer> Admit(AdmitManuallyRequest request) =>
        door.Do(OperationKind.AdmitManually, (gates: this, request), static way => way.gates.DoAdmit(way.request));

    private async ValueTask<BuildingAnswer> DoReport(ReportGateEventRequest request)
    {
        var report = new GateEvent
        {
            Operation = Check.Operation(request.OperationId),
            Kind = Check.Enum<GateEventKind>((int)request.Kind, "kind"),
            Device = new DeviceId(Check.Id(request.DeviceId, "device_id")),
            Passage = PassageOf(request),
            Direction = DirectionOf(request),
            EventTime = Check.Time(request.EventTime),
        };
        return await grains.Building(await BuildingOf(request.DeviceId)).Report(report);
    }

    private async ValueTask<BuildingAnswer> DoAdmit(AdmitManuallyRequest request)
    {
        var operation = Check.Operation(request.OperationId);
        var building = await BuildingOf(request.DeviceId);
        var number = Check.Account(request.AccountNumber);
        var direction = Check.Enum<Direction>((int)request.Direction, "direction");
        var reason = Check.Words(request.Reason, Limits.ReasonLengthMax, "reason");
        var at = Check.Time(request.EventTime);
        var by = await employees.WhoMay(request.EmployeeCardUid, "employee_card_uid", building, at);
        var account = await grains.Account(number).Get() ?? throw NotFoundException.Account(number);
        return await grains.Building(building).AdmitManually(new ManualAdmission
        {
            Operation = operation,
            Account = number,
            IsAccountClosed = account.Profile.IsClosed,
            Device = new DeviceId(request.DeviceId),
            Direction = direction,
            Vouching = new Vouching(by, reason),
            EventTime = at,
        });
    }

    private async ValueTask<BuildingId> BuildingOf(int device) => GateShape.BuildingOf(await devices.Find(new DeviceId(Check.Id(device, "device_id"))), device);

    private static PassageName? PassageOf(ReportGateEventRequest request)
    {
        if (request.Kind == Zvonok.Gate.V1.GateEventKind.NotPassed)
        {
            return new PassageName(
                request.PassageNumber >= 0 ? request.PassageNumber : throw Check.Bad("passage_number", "the passage number of the answer, or 0 for a passage that was decided without a record"),
                Check.Operation(request.PassageOperationId, "passage_operation_id"));
        }

        if (request.PassageNumber != 0) Check.Fail("passage_number", "absent: only a NOT_PASSED names a passage");
        if (!request.PassageOperationId.IsEmpty) Check.Fail("passage_operation_id", "absent: only a NOT_PASSED names a passage");
        return null;
    }

    private static Direction? DirectionOf(ReportGateEventRequest request) => (request.Kind, request.Direction) switch
    {
        (_, Zvonok.Gate.V1.Direction.Unspecified) => null,
        (Zvonok.Gate.V1.GateEventKind.Forced, Zvonok.Gate.V1.Direction.In) => Direction.In,
        (Zvonok.Gate.V1.GateEventKind.Forced, Zvonok.Gate.V1.Direction.Out) => Direction.Out,
        (Zvonok.Gate.V1.GateEventKind.Forced, _) => throw Check.Bad("direction", "IN or OUT, or absent when the sensor cannot tell"),
        _ => throw Check.Bad("direction", "absent: only a FORCED has a direction"),
    };
}
