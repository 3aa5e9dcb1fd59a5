using Grpc.Net.Client;
using Zvonok.Till.V1;

namespace Zvonok.Load.Devices;

/// <summary>A till's connection.</summary>
internal sealed class TillLine : DeviceLine
{
    public TillLine(GrpcChannel channel, DeviceId device, long queued)
        : base(channel, device)
    {
        Queued = queued;
        Link = new TillLink(new TillService.TillServiceClient(channel), Hear);
        Link.Say(new ConnectRequest { Hello = new Hello { DeviceId = device.Value, QueuedFacts = queued } });
        EndWith(Link.Completion);
    }

    public TillLink Link { get; }

    public override ValueTask DisposeAsync() => Link.DisposeAsync();

    protected override void Beat() => Link.Say(new ConnectRequest { Heartbeat = new Heartbeat { QueuedFacts = Queued } });

    private void Hear(ConnectResponse message)
    {
        if (message.Welcome is { } welcome) Greeted(welcome.HeartbeatInterval.ToTimeSpan(), new UploadTurn(welcome.Pace.UploadAfter.ToTimeSpan(), welcome.Pace.FactsPerSecond));
    }
}
