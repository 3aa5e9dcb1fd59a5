using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;
using Zvonok.Grains;
using Zvonok.Grains.Devices;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The way in of evacuation and lockdown (S1, S3): shape, who asks, building, answer.</summary>
internal sealed class SafetyDoor(Door door, DeviceDirectory devices, Employees employees, GrainLookup grains)
{
    public ValueTask<BuildingAnswer> Start(StartEvacuationRequest request) => door.Do(OperationKind.ChangeMode, request, async request =>
    {
        var change = Change(request.OperationId, BuildingMode.Evacuation, request.EventTime);
        return request.WhoCase == StartEvacuationRequest.WhoOneofCase.DeviceId
            ? await Ask(request.BuildingId, change, await Panel(request.DeviceId, request.BuildingId), request.Reason)
            : await Ask(request.BuildingId, change, request.EmployeeCardUid, request.Reason);
    });

    public ValueTask<BuildingAnswer> End(EndEvacuationRequest request) => door.Do(OperationKind.ChangeMode, request, request =>
        Ask(request.BuildingId, Change(request.OperationId, BuildingMode.Normal) with { Ends = BuildingMode.Evacuation }, request.EmployeeCardUid, request.Reason));

    public ValueTask<BuildingAnswer> Start(StartLockdownRequest request) => door.Do(OperationKind.ChangeMode, request, request =>
        Ask(request.BuildingId, Change(request.OperationId, BuildingMode.Lockdown), request.EmployeeCardUid, request.Reason));

    public ValueTask<BuildingAnswer> End(EndLockdownRequest request) => door.Do(OperationKind.ChangeMode, request, request =>
        Ask(request.BuildingId, Change(request.OperationId, BuildingMode.Normal) with { Ends = BuildingMode.Lockdown }, request.EmployeeCardUid, request.Reason));

    public async ValueTask<GetBuildingResponse> Get(GetBuildingRequest request) => await door.Ask(request, async request =>
    {
        var id = new BuildingId(Check.Id(request.BuildingId, "building_id"));
        return SafetyShape.ToMessage(await grains.Building(id).Get() ?? throw NotFoundException.Building(id));
    });

    private async ValueTask<BuildingAnswer> Ask(int building, ModeChange change, ByteString card, string reason)
    {
        var (id, why) = Place(building, reason);
        var (by, roles) = await employees.Who(card, "employee_card_uid", id, change.EventTime);
        return await grains.Building(id).ChangeMode(change with { Vouching = new Vouching(by, why), Roles = roles });
    }

    private async ValueTask<BuildingAnswer> Ask(int building, ModeChange change, DeviceId panel, string reason)
    {
        var (id, why) = Place(building, reason);
        return await grains.Building(id).ChangeMode(change with { Device = panel, Vouching = new Vouching(null, why) });
    }

    private async ValueTask<DeviceId> Panel(int id, int building)
    {
        var device = new DeviceId(Check.Id(id, "device_id"));
        var panel = (await devices.Find(device) ?? throw NotFoundException.Device(id)).Device;
        if (panel.Kind != DeviceKind.FirePanel) Check.Fail("device_id", "a fire panel: evacuations by a gate's input come from the gate itself");
        if (panel.Building.Value != building) Check.Fail("device_id", $"a fire panel of building {building}");
        return device;
    }

    private static (BuildingId Building, string Reason) Place(int building, string reason) =>
        (new BuildingId(Check.Id(building, "building_id")), Check.Words(reason, Limits.ReasonLengthMax, "reason"));

    private static ModeChange Change(ByteString operation, BuildingMode mode, Timestamp? at = null) => new() { Operation = Check.Operation(operation), Mode = mode, EventTime = Check.Time(at) };
}
