using System.Text.Json;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using Zvonok.Simulation.Receivers;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

/// <summary>Alarms on their way to a real alarm centre.</summary>
[Trait("Rule", "S4")]
public sealed class AlarmTests
{
    // What costs a call to look at.
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task An_alarm_is_raised_once_sent_until_it_is_acknowledged_and_goes_to_the_next_address_meanwhile()
    {
        await using var first = await WebhookReceiver.Start();
        await using var second = await WebhookReceiver.Start();
        await using var server = await Server.Start(
            [.. first.SiloSettings.Select(setting => (setting.Key, setting.Value)), ("Zvonok:Alarms:Urls:0", first.Address.ToString()), ("Zvonok:Alarms:Urls:1", second.Address.ToString()),
             ("Zvonok:Alarms:RepeatSeconds", "1"), ("Zvonok:Alarms:EscalateSeconds", "6")]);
        var (employee, pupil) = (await server.NewEmployee(At), await server.NewPupil(change: At));
        // Alarms are raised of what is committed after the caretaker has begun.
        await Eventually.Holds(() => Raises(server), "a caretaker at work", LookInterval);

        var report = await server.Gates.ReportGateEventAsync(new ReportGateEventRequest { OperationId = server.NewId(), DeviceId = GivenSafety.Gate, Kind = GateEventKind.Forced, Direction = Direction.In });
        var started = (await server.Schools.StartEvacuationAsync(GivenSafety.Evacuation(server.NewId(), employee))).Granted;

        await Eventually.Holds(async () => (await List(server)) is { Count: 2 } sent && sent.All(alarm => alarm.SentCount >= 2), "both alarms sent twice", LookInterval);
        foreach (var seq in (long[])[report.PassageNumber, started.PassageNumber]) (Count(first, seq) + Count(second, seq)).ShouldBeGreaterThanOrEqualTo(2);
        (first.Forged, second.Forged).ShouldBe((0, 0));
        var body = JsonDocument.Parse(first.Arrivals.Concat(second.Arrivals).First(arrival => arrival.Key == Key(started.PassageNumber)).Body).RootElement;
        (body.GetProperty("kind").GetString(), body.GetProperty("employee_account_number").GetInt64()).ShouldBe(("evacuation", employee.Number));
        var alarms = await List(server);
        alarms.Select(alarm => (alarm.AlarmNumber, alarm.Kind)).ShouldBe([(started.PassageNumber, AlarmKind.Evacuation), (report.PassageNumber, AlarmKind.Forced)]);
        alarms.ShouldAllBe(alarm => alarm.ReceiveTime != null && alarm.AcknowledgeTime == null);
        (alarms[0].EmployeeAccountNumber, alarms[0].Reason, alarms[1].DeviceId).ShouldBe((employee.Number, "Дым на втором этаже", GivenSafety.Gate));

        await Eventually.Holds(() => Count(second, report.PassageNumber) >= 1, "the forced passage at the next address");
        (await server.Schools.AcknowledgeAlarmAsync(GivenSafety.Acknowledge(pupil, report.PassageNumber))).RefusalReason.ShouldBe(RefusalReason.EmployeeNotAllowed);
        var acknowledged = (await server.Schools.AcknowledgeAlarmAsync(GivenSafety.Acknowledge(employee, report.PassageNumber))).Alarm;
        (acknowledged.AcknowledgedByAccountNumber, acknowledged.Note).ShouldBe((employee.Number, "A door was wedged"));
        (await server.Schools.AcknowledgeAlarmAsync(GivenSafety.Acknowledge(await server.NewEmployee(At), report.PassageNumber))).Alarm.ShouldSatisfyAllConditions(
            again => again.AcknowledgedByAccountNumber.ShouldBe(employee.Number), again => again.AcknowledgeTime.ShouldBe(acknowledged.AcknowledgeTime));
        await FaultOf.Call(async () => await server.Schools.AcknowledgeAlarmAsync(GivenSafety.Acknowledge(employee, 404_404)), StatusCode.NotFound);

        // The other one is acknowledged by the alarm centre itself.
        second.Says = _ => """{"acknowledged": true}""";
        await Eventually.Holds(async () => (await List(server)).Count == 0, "no alarm that is open", LookInterval);
        var all = await server.Schools.ListAlarmsAsync(new ListAlarmsRequest { BuildingId = GivenSafety.School });
        all.Alarms.Single(alarm => alarm.AlarmNumber == started.PassageNumber).ShouldSatisfyAllConditions(
            alarm => alarm.AcknowledgeTime.ShouldNotBeNull(), alarm => alarm.AcknowledgedByAccountNumber.ShouldBe(0));
        var page = await server.Schools.ListAlarmsAsync(new ListAlarmsRequest { PageSize = 1 });
        (await server.Schools.ListAlarmsAsync(new ListAlarmsRequest { PageSize = 200, PageToken = page.NextPageToken })).Alarms.Select(alarm => alarm.AlarmNumber).ShouldBe(all.Alarms.Skip(1).Select(alarm => alarm.AlarmNumber));
    }

    private static async Task<bool> Raises(Server server)
    {
        await server.Gates.ReportGateEventAsync(new ReportGateEventRequest { OperationId = server.NewId(), DeviceId = GivenSafety.Gate, Kind = GateEventKind.HeldOpen });
        return (await server.Schools.ListAlarmsAsync(new ListAlarmsRequest())).Alarms.Count > 0;
    }

    // Without the warnings that showed that the caretaker is at work.
    private static async Task<IReadOnlyList<Alarm>> List(Server server) =>
        [.. (await server.Schools.ListAlarmsAsync(new ListAlarmsRequest { BuildingId = GivenSafety.School, OpenOnly = true, PageSize = 200 })).Alarms.Where(alarm => !alarm.IsWarning)];

    private static int Count(WebhookReceiver receiver, long seq) => receiver.Arrivals.Count(arrival => arrival.Key == Key(seq));

    private static string Key(long seq) => $"alarm/{GivenSafety.School}/{seq}";

    private static void At(Card card) => card.HomeBuildingId = GivenSafety.School;
}
