using Grpc.Net.Client;
using Zvonok.Gate.V1;

namespace Zvonok.Load.Devices;

/// <summary>A turnstile's or a door's connection.</summary>
internal sealed class GateLine : DeviceLine
{
    private readonly Action<ModeNotice>? _told;

    public GateLine(GrpcChannel channel, DeviceId device, long queued, Action<ModeNotice>? told)
        : base(channel, device)
    {
        (_told, Queued) = (told, queued);
        Link = new GateLink(new GateService.GateServiceClient(channel), Hear);
        Link.Say(new ConnectRequest { Hello = new Hello { DeviceIds = { device.Value }, QueuedFacts = queued } });
        EndWith(Link.Completion);
    }

    public GateLink Link { get; }

    public override ValueTask DisposeAsync() => Link.DisposeAsync();

    protected override void Beat() => Link.Say(new ConnectRequest { Heartbeat = new Heartbeat { QueuedFacts = Queued } });

    private void Hear(ConnectResponse message)
    {
        if (message.Welcome is { } welcome) Greeted(welcome.HeartbeatInterval.ToTimeSpan(), new UploadTurn(welcome.Pace.UploadAfter.ToTimeSpan(), welcome.Pace.FactsPerSecond));
        if (message.Mode is { } mode) _told?.Invoke(mode);
    }
}
