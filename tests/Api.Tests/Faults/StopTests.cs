using Zvonok.Api.Tests.Servers;
using Zvonok.Gate.V1;

namespace Zvonok.Api.Tests.Faults;

public sealed class StopTests
{
    // A server that waited for its devices would cut them off only after half a minute.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_and_does_not_wait_for_devices()
    {
        await using var server = await Server.Start();
        var pupil = await server.NewPupil(meal: 50_000);
        using var gate = server.Gates.Connect();
        using var till = server.Tills.Connect();
        await gate.RequestStream.WriteAsync(new ConnectRequest { Tap = Given.Tap(server.NewId(), pupil) });
        await till.RequestStream.WriteAsync(new Zvonok.Till.V1.ConnectRequest { Sell = Given.Sell(server.NewId(), pupil) });
        (await gate.ResponseStream.MoveNext()).ShouldBeTrue();
        (await till.ResponseStream.MoveNext()).ShouldBeTrue();

        // The devices' halves stay open: it is the server that ends them.
        var stopped = server.Stop();

        (await HasMore(gate.ResponseStream)).ShouldBeFalse();
        (await HasMore(till.ResponseStream)).ShouldBeFalse();
        await stopped.WaitAsync(Soon);
    }

    private static async Task<bool> HasMore<T>(IAsyncStreamReader<T> responses)
    {
        try
        {
            return await responses.MoveNext(CancellationToken.None).WaitAsync(Soon);
        }
        catch (RpcException fault) when (fault.Status.DebugException?.GetBaseException() is HttpProtocolException { ErrorCode: 0 })
        {
            // The connection ended (NO_ERROR) before the stream's own end was read: that is as good to a device.
            return false;
        }
    }
}
