using Google.Rpc;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Feed.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Tests.Feeds;

/// <summary>Watches at the bounds of a server of their own.</summary>
[Trait("Rule", "N1")]
public sealed class ServerTests
{
    // A server that waited for its readers would cut them off only after half a minute.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_server_that_stops_ends_its_watches_and_the_reader_goes_on_from_where_it_was()
    {
        await using var server = await Server.Start();
        var pupil = await server.NewPupil(meal: 50_000);
        using var reading = new Reading(server, new WatchRequest());
        (await reading.Take(2)).Count.ShouldBe(2);

        var stopped = server.Stop();

        (await HasEnded(reading)).ShouldBeTrue();
        await stopped.WaitAsync(Soon);
    }

    [Fact]
    public async Task A_server_that_stops_does_not_wait_for_a_reader_that_takes_nothing()
    {
        await using var server = await Server.Start();
        var pupil = await server.NewPupil();
        // More than flow control lets into the sockets and buffers on the way.
        for (var chunk = 0; chunk < 25; chunk++)
            await server.Import([.. Enumerable.Range(chunk * 2_000, 2_000).Select(n => new Row { Card = new Card
            {
                CardUid = Google.Protobuf.ByteString.CopyFrom(BitConverter.GetBytes((long)n + 1_000_000)), Kind = CardKind.Fob, State = CardState.Issued,
                AccountNumber = pupil.Number, HomeBuildingId = Given.School,
            } })]);
        using var reading = new Reading(server, new WatchRequest());
        await reading.Next();

        await server.Stop().WaitAsync(Soon);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task One_reader_too_many_is_told_when_to_come_again_and_may_when_another_has_gone()
    {
        await using var server = await Server.Start(("Zvonok:WatchesMax", "1"));
        using (var first = new Reading(server, new WatchRequest()))
        {
            await first.Next();
            var status = await FaultOf.Call(() => Watch(server), StatusCode.ResourceExhausted);
            status.GetDetail<RetryInfo>().ShouldNotBeNull();
        }

        var deadline = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await Watch(server);
                return;
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.ResourceExhausted)
            {
                // The server has not heard yet that the first one has gone.
                TimeProvider.System.GetElapsedTime(deadline).ShouldBeLessThan(Soon);
                await Task.Delay(20);
            }
        }
    }

    private static async Task Watch(Server server)
    {
        using var reading = new Reading(server, new WatchRequest());
        await reading.Next();
    }

    private static async Task<bool> HasEnded(Reading reading)
    {
        try
        {
            while (await reading.Next().WaitAsync(Soon) is not null)
            {
                // A sign of life that was on its way.
            }
        }
        catch (RpcException fault) when (fault.Status.DebugException?.GetBaseException() is HttpProtocolException { ErrorCode: 0 })
        {
            // The connection ended (NO_ERROR) before the stream's own end was read: that is as good to a reader.
        }

        return true;
    }
}
