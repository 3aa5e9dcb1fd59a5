using Zvonok.Api.Connections;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Terminals.V1;
using Zvonok.Till.V1;
using MessageCase = Zvonok.Till.V1.ConnectRequest.MessageOneofCase;

namespace Zvonok.Api.Till;

/// <summary>The connection of a till or a validator.</summary>
/// <param name="services">What all conversations use.</param>
/// <param name="operate">Answers an operation of a device that it lets be checked. It does not throw.</param>
/// <param name="call">The call.</param>
/// <param name="logger">Tells of what is unexpected.</param>
internal sealed class TillConversation(ConnectionServices services, Func<ConnectRequest, Action<int>, ValueTask<ConnectResponse>> operate, ServerCallContext call, ILogger logger)
    : Conversation<ConnectRequest, ConnectResponse>(services, call, logger)
{
    protected override Speech SpeechOf(ConnectRequest request) => request.MessageCase switch
    {
        MessageCase.Hello => Speech.Hello,
        MessageCase.Heartbeat => Speech.Heartbeat,
        _ => Speech.Operation,
    };

    protected override async ValueTask<Greeting> ReadHello(ConnectRequest request)
    {
        var device = new DeviceId(Check.Id(request.Hello.DeviceId, "device_id"));
        var (queued, list) = (HelloShape.Queued(request.Hello.QueuedFacts), HelloShape.List(request.Hello.ListKeyId, request.Hello.ListVersion));
        var record = (await Services.Find([device]))[0];
        var building = HelloShape.BuildingOf(record, device, "device_id", DeviceKind.Till, DeviceKind.Validator);
        return new Greeting(building, record!.Device.Kind, [device], queued, list);
    }

    protected override Beat ReadHeartbeat(ConnectRequest request)
    {
        Check.Time(request.Heartbeat.DeviceTime, "device_time");
        return new Beat(HelloShape.Queued(request.Heartbeat.QueuedFacts), []);
    }

    protected override async ValueTask<ConnectResponse?> Operate(ConnectRequest request) => await operate(request, CheckDevice);

    protected override ConnectResponse Welcome(ModeSeen? mode, Duration uploadAfter) => new()
    {
        Welcome = new Welcome
        {
            ServerTime = Services.Now.ToTimestamp(),
            HeartbeatInterval = Services.Hub.HeartbeatInterval.ToDuration(),
            Pace = PaceOf(uploadAfter),
        },
    };

    protected override ConnectResponse Pace(Duration uploadAfter) => new() { Pace = PaceOf(uploadAfter) };

    protected override ConnectResponse AnswerToHeartbeat() => new() { Heartbeat = new HeartbeatAnswer { ServerTime = Services.Now.ToTimestamp() } };

    // Nothing at a till opens or shuts.
    protected override ConnectResponse? Mode(ModeSeen mode) => null;

    protected override ConnectResponse List(SignedList list) => new() { List = list };

    private Pace PaceOf(Duration uploadAfter) => new() { UploadAfter = uploadAfter.ToTimeSpan().ToDuration(), FactsPerSecond = Services.Pace.Rate };
}
