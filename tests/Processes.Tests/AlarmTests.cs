using Xunit.Abstractions;
using Zvonok.Domain.Operations;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using Zvonok.Simulation.Receivers;

namespace Zvonok.Processes.Tests;

/// <summary>Alarms reach the alarm centre whichever silo dies, and each is one alarm (S4).</summary>
[Collection(WithPostgres.Name)]
[Trait("Rule", "S4")]
public sealed class AlarmTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private const int School = 1;
    private const int Gate = 101;

    private static readonly Row[] District =
    [
        new() { Building = new Building { BuildingId = School, TimeZone = "Europe/Moscow" } },
        new() { Device = new Device { DeviceId = Gate, Kind = DeviceKind.Gate, BuildingId = School } },
    ];

    [Fact]
    public async Task Every_alarm_is_raised_once_and_arrives_though_the_silos_are_killed_one_after_the_other()
    {
        await using var scene = new Scene(output, postgres);
        await using var centre = await WebhookReceiver.Start();
        await scene.Play(async () =>
        {
            var settings = await scene.NewSettings(Store.Postgres) with
            {
                Environment = new Dictionary<string, string>(centre.SiloSettings) { ["Zvonok__Alarms__Urls__0"] = centre.Address.ToString(), ["Zvonok__Alarms__RepeatSeconds"] = "1" },
            };
            SiloProcess[] silos = [await scene.Start(settings), await scene.Start(settings.Another())];
            await Register(silos[0]);
            var ids = new Random(scene.Seed);
            await Eventually.Holds(async () => await Report(silos[0], ids, GateEventKind.HeldOpen) > 0 && centre.Count > 0, "a caretaker at work", TimeSpan.FromMilliseconds(500));

            var forced = new List<long>();
            foreach (var victim in (int[])[0, 1])
            {
                for (var n = 0; n < 20; n++) forced.Add(await Report(silos[victim], ids, GateEventKind.Forced));
                await silos[victim].Kill();
                silos[victim] = await scene.Start(silos[victim].Settings);
            }

            await Eventually.Holds(() => forced.All(number => centre.Arrivals.Any(arrival => arrival.Key == $"alarm/{School}/{number}")), "every forced passage at the alarm centre");
            using var channel = Connection.Open(silos[0].Address);
            var listed = await new SchoolService.SchoolServiceClient(channel).ListAlarmsAsync(new ListAlarmsRequest { BuildingId = School, PageSize = 200 });
            listed.Alarms.Where(alarm => alarm.Kind == AlarmKind.Forced).Select(alarm => alarm.AlarmNumber).ShouldBe(forced.OrderDescending());
            centre.Forged.ShouldBe(0);
            scene.Say($"{forced.Count} alarms, {centre.Count} requests");
            foreach (var silo in silos) (await silo.Stop()).ShouldBe(0);
            await Scene.AuditIsClean(settings);
        });
    }

    private static async Task Register(SiloProcess silo)
    {
        using var channel = Connection.Open(silo.Address);
        using var call = new RegistryService.RegistryServiceClient(channel).Import();
        await call.RequestStream.WriteAsync(new ImportRequest { Rows = { District } });
        await call.RequestStream.CompleteAsync();
        (await call).BadCount.ShouldBe(0);
    }

    private static async Task<long> Report(SiloProcess silo, Random ids, GateEventKind kind)
    {
        var id = OperationId.Create(SystemClock.Instance.GetCurrentInstant(), ids).ToGuid().ToByteArray(bigEndian: true);
        using var channel = Connection.Open(silo.Address);
        var report = new ReportGateEventRequest { OperationId = Google.Protobuf.ByteString.CopyFrom(id), DeviceId = Gate, Kind = kind };
        return (await Repeat.UntilAnswered(async () => await new GateService.GateServiceClient(channel).ReportGateEventAsync(report))).PassageNumber;
    }
}
