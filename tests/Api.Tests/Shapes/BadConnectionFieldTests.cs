using Zvonok.Api.Tests.Gates;
using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;
using Till1 = Zvonok.Till.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>What is wrong with a hello or a heartbeat ends the stream, and is named (D2); a device that says it rightly is welcome afterwards.</summary>
[Collection(nameof(World))]
[Trait("Rule", "D2")]
public sealed class BadConnectionFieldTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<string, string> GateHellos => BadFields.Cases(BadFields.GateHello);

    public static TheoryData<string, string> GateHeartbeats => BadFields.Cases(BadFields.GateHeartbeat);

    public static TheoryData<string, string> TillHellos => BadFields.Cases(BadFields.TillHello);

    public static TheoryData<string, string> TillHeartbeats => BadFields.Cases(BadFields.TillHeartbeat);

    [Theory, MemberData(nameof(GateHellos))]
    public async Task A_bad_field_of_a_gates_hello_is_named(string field, string wrong)
    {
        var hello = new Hello { DeviceIds = { Given.Gate } };
        BadFields.GateHello.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(hello, _server);
        await using var line = GateLine.Open(_server);

        await line.Say(hello);

        await FaultOf.Names(field, () => line.Ended.WaitAsync(Server.Deadline));
        var (again, welcome) = await GateLine.Greeted(_server, Given.Gate);
        welcome.HeartbeatInterval.ShouldNotBeNull();
        await again.DisposeAsync();
    }

    [Theory, MemberData(nameof(GateHeartbeats))]
    public async Task A_bad_field_of_a_gates_heartbeat_is_named(string field, string wrong)
    {
        var heartbeat = new Heartbeat();
        BadFields.GateHeartbeat.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(heartbeat, _server);
        var (line, _) = await GateLine.Greeted(_server, Given.Gate);
        await using var dispose = line;

        await line.Say(heartbeat);

        await FaultOf.Names(field, () => line.Ended.WaitAsync(Server.Deadline));
        var (again, welcome) = await GateLine.Greeted(_server, Given.Gate);
        welcome.HeartbeatInterval.ShouldNotBeNull();
        await again.DisposeAsync();
    }

    [Theory, MemberData(nameof(TillHellos))]
    public async Task A_bad_field_of_a_tills_hello_is_named(string field, string wrong)
    {
        var hello = new Till1.Hello { DeviceId = Given.Till };
        BadFields.TillHello.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(hello, _server);

        await Named(field, new Till1.ConnectRequest { Hello = hello });
    }

    [Theory, MemberData(nameof(TillHeartbeats))]
    public async Task A_bad_field_of_a_tills_heartbeat_is_named(string field, string wrong)
    {
        var heartbeat = new Till1.Heartbeat();
        BadFields.TillHeartbeat.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(heartbeat, _server);

        await Named(field, new Till1.ConnectRequest { Hello = new Till1.Hello { DeviceId = Given.Till } }, new Till1.ConnectRequest { Heartbeat = heartbeat });
    }

    private async Task Named(string field, params Till1.ConnectRequest[] requests)
    {
        using var call = _server.Tills.Connect();
        foreach (var request in requests) await call.RequestStream.WriteAsync(request);
        await FaultOf.Names(field, async () =>
        {
            while (await call.ResponseStream.MoveNext().WaitAsync(Server.Deadline))
            {
            }
        });
        using var again = _server.Tills.Connect();
        await again.RequestStream.WriteAsync(new Till1.ConnectRequest { Hello = new Till1.Hello { DeviceId = Given.Till } });
        (await again.ResponseStream.MoveNext().WaitAsync(Server.Deadline)).ShouldBeTrue();
        again.ResponseStream.Current.Welcome.HeartbeatInterval.ShouldNotBeNull();
    }
}
