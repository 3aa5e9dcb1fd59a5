using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Api.Till;
using Zvonok.Domain.Alarms;
using Zvonok.Grains.Alarms;
using Zvonok.Schools.V1;

namespace Zvonok.Api.School;

/// <summary>The alarms as they stand, and who has seen them (S4).</summary>
internal sealed class AlarmDoor(Door door, Employees employees, IAlarmLog alarms, IClock clock)
{
    public async Task<AcknowledgeAlarmResponse> Acknowledge(AcknowledgeAlarmRequest request) => await door.Ask(request, async request =>
    {
        var building = new BuildingId(Check.Id(request.BuildingId, "building_id"));
        if (request.AlarmNumber < 1) Check.Fail("alarm_number", "the alarm's number, 1 or more");
        var note = Check.Words(request.Note, Limits.ReasonLengthMax, "note");
        var by = await employees.WhoMay(request.EmployeeCardUid, "employee_card_uid", building, null);
        if (by is null) return new AcknowledgeAlarmResponse { RefusalReason = Zvonok.Gate.V1.RefusalReason.EmployeeNotAllowed };
        var alarm = await alarms.Acknowledge(building, request.AlarmNumber, new Acknowledgement(clock.GetCurrentInstant(), by, note));
        return new AcknowledgeAlarmResponse { Alarm = ToMessage(alarm ?? throw new NotFoundException($"alarm_number: building {building} has no alarm {request.AlarmNumber}.")) };
    });

    public async Task<ListAlarmsResponse> List(ListAlarmsRequest request)
    {
        BuildingId? building = request.BuildingId == 0 ? null : new BuildingId(Check.Id(request.BuildingId, "building_id"));
        var (size, before) = (Check.PageSize(request.PageSize), ReadPlace(request.PageToken));
        // One more than asked for shows that there is a next page.
        var listed = await alarms.List(building, request.OpenOnly, before, size + 1);
        var response = new ListAlarmsResponse { Alarms = { listed.Take(size).Select(ToMessage) } };
        if (listed.Count > size) response.NextPageToken = WritePlace(listed[size - 1]);
        return response;
    }

    private static Zvonok.Schools.V1.Alarm ToMessage(Domain.Alarms.Alarm alarm) => new()
    {
        BuildingId = alarm.Building.Value,
        AlarmNumber = alarm.Seq,
        Kind = (Zvonok.Schools.V1.AlarmKind)alarm.Kind,
        IsWarning = alarm.IsWarning,
        DeviceId = alarm.Device.Value,
        EmployeeAccountNumber = alarm.By?.Value ?? 0,
        Reason = alarm.Reason,
        EventTime = alarm.EventAt.ToTimestamp(),
        RecordTime = alarm.RecordedAt.ToTimestamp(),
        SentCount = alarm.Tries,
        ReceiveTime = alarm.ReceivedAt?.ToTimestamp(),
        AcknowledgeTime = alarm.Acknowledgement?.At.ToTimestamp(),
        AcknowledgedByAccountNumber = alarm.Acknowledgement?.By?.Value ?? 0,
        Note = alarm.Acknowledgement?.Note ?? "",
    };

    private static string WritePlace(Domain.Alarms.Alarm alarm) => Base64Url.EncodeToString(
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{alarm.RecordedAt.ToUnixTimeMilliseconds()}/{alarm.Building.Value}/{alarm.Seq}")));

    private static AlarmPlace? ReadPlace(string token)
    {
        if (token.Length == 0) return null;
        Span<byte> bytes = stackalloc byte[64];
        if (token.Length <= 80 && Base64Url.IsValid(token) && Base64Url.TryDecodeFromChars(token, bytes, out var length)
            && Encoding.ASCII.GetString(bytes[..length]).Split('/') is [var at, var building, var seq]
            && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= 253_402_300_799_999
            && int.TryParse(building, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new AlarmPlace(Instant.FromUnixTimeMilliseconds(milliseconds), new BuildingId(id), number);
        throw Check.Bad("page_token", "the next_page_token of the answer before, unchanged, or empty");
    }
}
