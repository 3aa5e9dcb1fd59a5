using Zvonok.Api.Connections;
using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Terminals.V1;
using MessageCase = Zvonok.Gate.V1.ConnectRequest.MessageOneofCase;

namespace Zvonok.Api.Gate;

/// <summary>The connection of a gate, or of a controller that speaks for many (P9).</summary>
internal sealed class GateConversation(ConnectionServices services, TapDoor taps, GateDoor gates, ServerCallContext call, ILogger logger)
    : Conversation<ConnectRequest, ConnectResponse>(services, call, logger)
{
    private const string Method = "GateService/Connect";

    protected override Speech SpeechOf(ConnectRequest request) => request.MessageCase switch
    {
        MessageCase.Hello => Speech.Hello,
        MessageCase.Heartbeat => Speech.Heartbeat,
        _ => Speech.Operation,
    };

    protected override async ValueTask<Greeting> ReadHello(ConnectRequest request)
    {
        var hello = request.Hello;
        if (hello.DeviceIds.Count == 0) Check.Fail("device_ids", $"1 to {ConnectionOptions.DevicesMax} gates");
        var (ids, queued, list) = (HelloShape.Ids(hello.DeviceIds, "device_ids"), HelloShape.Queued(hello.QueuedFacts), HelloShape.List(hello.ListKeyId, hello.ListVersion));
        var records = await Services.Find(ids);
        BuildingId building = default;
        for (var i = 0; i < ids.Count; i++)
        {
            var its = HelloShape.BuildingOf(records[i], ids[i], $"device_ids[{i}]", DeviceKind.Gate);
            if (i > 0 && its != building) Check.Fail($"device_ids[{i}]", $"a gate of building {building}, as those before");
            building = its;
        }

        return new Greeting(building, DeviceKind.Gate, ids, queued, list);
    }

    protected override Beat ReadHeartbeat(ConnectRequest request)
    {
        var heartbeat = request.Heartbeat;
        Check.Time(heartbeat.DeviceTime, "device_time");
        var fires = HelloShape.Ids(heartbeat.FireInputDeviceIds, "fire_input_device_ids");
        for (var i = 0; i < fires.Count; i++)
            if (!Devices!.Contains(fires[i])) Check.Fail($"fire_input_device_ids[{i}]", "a gate of the stream's hello");
        return new Beat(HelloShape.Queued(heartbeat.QueuedFacts), fires);
    }

    protected override async ValueTask<ConnectResponse?> Operate(ConnectRequest request) =>
        request.MessageCase == MessageCase.Report ? new ConnectResponse { ReportResult = await Report(request.Report) } : new ConnectResponse { TapResult = await Tap(request) };

    protected override ConnectResponse Welcome(ModeSeen? mode, Duration uploadAfter) => new()
    {
        Welcome = new Welcome
        {
            ServerTime = Services.Now.ToTimestamp(),
            HeartbeatInterval = Services.Hub.HeartbeatInterval.ToDuration(),
            Mode = mode is { } seen ? NoticeOf(seen) : null,
            Pace = PaceOf(uploadAfter),
        },
    };

    protected override ConnectResponse Pace(Duration uploadAfter) => new() { Pace = PaceOf(uploadAfter) };

    protected override ConnectResponse AnswerToHeartbeat() => new() { Heartbeat = new HeartbeatAnswer { ServerTime = Services.Now.ToTimestamp() } };

    protected override ConnectResponse Mode(ModeSeen mode) => new() { Mode = NoticeOf(mode) };

    protected override ConnectResponse List(SignedList list) => new() { List = list };

    private async ValueTask<TapResult> Tap(ConnectRequest request)
    {
        var result = new TapResult();
        try
        {
            if (request.MessageCase != MessageCase.Tap) throw new BadFieldException("message", "should be a tap, a report or a heartbeat.");
            result.OperationId = request.Tap.OperationId;
            CheckDevice(request.Tap.DeviceId);
            result.Response = GateShape.ToResponse(await taps.Tap(request.Tap));
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, Method, Logger);
        }

        return result;
    }

    private async ValueTask<ReportResult> Report(ReportGateEventRequest report)
    {
        var result = new ReportResult { OperationId = report.OperationId };
        try
        {
            CheckDevice(report.DeviceId);
            result.Response = GateShape.ToReportResponse(await gates.Report(report));
        }
        catch (Exception exception)
        {
            result.Error = Faults.StatusOf(exception, Method, Logger);
        }

        return result;
    }

    private static ModeNotice NoticeOf(ModeSeen mode) => new() { Mode = (Zvonok.Feed.V1.BuildingMode)mode.Mode, Open = mode.Mode == BuildingMode.Evacuation };

    private Pace PaceOf(Duration uploadAfter) => new() { UploadAfter = uploadAfter.ToTimeSpan().ToDuration(), FactsPerSecond = Services.Pace.Rate };
}
