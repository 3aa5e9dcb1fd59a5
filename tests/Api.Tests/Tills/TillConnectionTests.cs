using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Till.V1;
using Kind = Zvonok.Till.V1.ConnectResponse.MessageOneofCase;

namespace Zvonok.Api.Tests.Tills;

/// <summary>Streams whose till has said hello.</summary>
[Collection(nameof(World))]
public sealed class TillConnectionTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_till_says_hello_sells_and_lives()
    {
        var pupil = await _server.NewPupil(meal: 100_000);
        var (own, others) = (Given.Sell(_server.NewId(), pupil), Given.Sell(_server.NewId(), pupil, till: Given.OtherOperatorsTill));
        using var call = _server.Tills.Connect();

        await call.RequestStream.WriteAsync(new ConnectRequest { Hello = new Hello { DeviceId = Given.Till, QueuedFacts = 10 } });
        await call.RequestStream.WriteAsync(new ConnectRequest { Sell = own });
        var welcome = (await Hear(call, Kind.Welcome)).Welcome;
        welcome.HeartbeatInterval.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(30));
        welcome.Pace.FactsPerSecond.ShouldBe(100);
        (await Hear(call, Kind.OperationResult)).OperationResult.ShouldSatisfyAllConditions(
            result => result.OperationId.ShouldBe(own.OperationId), result => result.Granted.ShouldNotBeNull());
        await call.RequestStream.WriteAsync(new ConnectRequest { Heartbeat = new Heartbeat() });
        await Hear(call, Kind.Heartbeat);
        await call.RequestStream.WriteAsync(new ConnectRequest { Sell = others });
        FaultOf.FieldOf((await Hear(call, Kind.OperationResult)).OperationResult.Error).Field.ShouldBe("device_id");
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext()).ShouldBeFalse();
    }

    private static async Task<ConnectResponse> Hear(AsyncDuplexStreamingCall<ConnectRequest, ConnectResponse> call, Kind kind)
    {
        (await call.ResponseStream.MoveNext().WaitAsync(Server.Deadline)).ShouldBeTrue();
        call.ResponseStream.Current.MessageCase.ShouldBe(kind);
        return call.ResponseStream.Current;
    }
}
