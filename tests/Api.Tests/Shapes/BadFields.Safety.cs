using Zvonok.Api.Tests.Schools;
using Zvonok.Domain;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Shapes;

internal static partial class BadFields
{
    public static readonly BadField<StartEvacuationRequest>[] StartEvacuation =
    [
        .. Modes<StartEvacuationRequest>(
            (request, id) => request.OperationId = id, (request, id) => request.BuildingId = id, (request, uid) => request.EmployeeCardUid = uid, (request, reason) => request.Reason = reason),
        new("employee_card_uid", "nobody", (request, _) => request.ClearWho()),
        .. Ids<StartEvacuationRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = GivenSafety.Gate),
        new("device_id", "of another building", (request, _) => (request.DeviceId, request.BuildingId) = (GivenSafety.Panel, Given.School)),
        .. Times<StartEvacuationRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<EndEvacuationRequest>[] EndEvacuation = Modes<EndEvacuationRequest>(
        (request, id) => request.OperationId = id, (request, id) => request.BuildingId = id, (request, uid) => request.EmployeeCardUid = uid, (request, reason) => request.Reason = reason);

    public static readonly BadField<StartLockdownRequest>[] StartLockdown = Modes<StartLockdownRequest>(
        (request, id) => request.OperationId = id, (request, id) => request.BuildingId = id, (request, uid) => request.EmployeeCardUid = uid, (request, reason) => request.Reason = reason);

    public static readonly BadField<EndLockdownRequest>[] EndLockdown = Modes<EndLockdownRequest>(
        (request, id) => request.OperationId = id, (request, id) => request.BuildingId = id, (request, uid) => request.EmployeeCardUid = uid, (request, reason) => request.Reason = reason);

    public static readonly BadField<GetBuildingRequest>[] GetBuilding = [.. Ids<GetBuildingRequest>("building_id", (request, id) => request.BuildingId = id)];

    public static readonly BadField<GetRollCallRequest>[] GetRollCall = [.. Ids<GetRollCallRequest>("building_id", (request, id) => request.BuildingId = id)];

    public static readonly BadField<ExportRollCallRequest>[] ExportRollCall =
    [
        .. Ids<ExportRollCallRequest>("building_id", (request, id) => request.BuildingId = id),
        .. Enums<ExportRollCallRequest>("format", (request, value) => request.Format = (RollCallFormat)value),
        .. Enums<ExportRollCallRequest>("language", (request, value) => request.Language = (Zvonok.Family.V1.Language)value),
    ];

    public static readonly BadField<MarkFoundRequest>[] MarkFound =
    [
        .. Operations<MarkFoundRequest>((request, id) => request.OperationId = id),
        .. Ids<MarkFoundRequest>("building_id", (request, id) => request.BuildingId = id),
        .. Accounts<MarkFoundRequest>((request, number) => request.AccountNumber = number, request => request.AccountNumber),
        new("employee_card_uid", "missing", (request, _) => request.EmployeeCardUid = ByteString.Empty),
        new("employee_card_uid", "too long", (request, _) => request.EmployeeCardUid = ByteString.CopyFrom(new byte[17])),
        .. Times<MarkFoundRequest>((request, time) => request.EventTime = time),
    ];

    public static readonly BadField<ListAlarmsRequest>[] ListAlarms =
    [
        new("building_id", "negative", (request, _) => request.BuildingId = -1),
        new("building_id", "too large", (request, _) => request.BuildingId = Limits.IdMax + 1),
        .. PagesOfCards<ListAlarmsRequest>((request, size) => request.PageSize = size, (request, token) => request.PageToken = token),
    ];

    public static readonly BadField<AcknowledgeAlarmRequest>[] AcknowledgeAlarm =
    [
        .. Ids<AcknowledgeAlarmRequest>("building_id", (request, id) => request.BuildingId = id),
        new("alarm_number", "missing", (request, _) => request.AlarmNumber = 0),
        new("alarm_number", "negative", (request, _) => request.AlarmNumber = -1),
        new("employee_card_uid", "missing", (request, _) => request.EmployeeCardUid = ByteString.Empty),
        new("employee_card_uid", "too long", (request, _) => request.EmployeeCardUid = ByteString.CopyFrom(new byte[17])),
        new("note", "missing", (request, _) => request.Note = ""),
        new("note", "too long", (request, _) => request.Note = new string('я', Limits.ReasonLengthMax + 1)),
        new("note", "two lines", (request, _) => request.Note = "Да\nнет"),
    ];

    public static readonly BadField<ShowAccountRequest>[] ShowAccount =
    [
        .. Ids<ShowAccountRequest>("device_id", (request, id) => request.DeviceId = id),
        new("device_id", "a gate", (request, _) => request.DeviceId = GivenSafety.Gate),
        new("device_id", "a service point", (request, _) => request.DeviceId = Given.Museum),
        .. Uids<ShowAccountRequest>((request, uid) => request.CardUid = uid),
    ];

    private static BadField<T>[] Modes<T>(Action<T, ByteString> setOperation, Action<T, int> setBuilding, Action<T, ByteString> setCard, Action<T, string> setReason) =>
    [
        .. Operations(setOperation),
        .. Ids("building_id", setBuilding),
        new("employee_card_uid", "missing", (request, _) => setCard(request, ByteString.Empty)),
        new("employee_card_uid", "too long", (request, _) => setCard(request, ByteString.CopyFrom(new byte[17]))),
        .. Reasons(setReason),
    ];

    private static BadField<T>[] Reasons<T>(Action<T, string> set) =>
    [
        new("reason", "missing", (request, _) => set(request, "")),
        new("reason", "only blanks", (request, _) => set(request, "  ")),
        new("reason", "too long", (request, _) => set(request, new string('я', Limits.ReasonLengthMax + 1))),
        new("reason", "two lines", (request, _) => set(request, "Да\nнет")),
    ];
}
