using System.Globalization;
using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Grains.Journal;
using Zvonok.Registry.V1;
using DeviceKind = Zvonok.Registry.V1.DeviceKind;
using Kind = Zvonok.Gate.V1.ConnectResponse.MessageOneofCase;
using PassageKind = Zvonok.Domain.Buildings.PassageKind;

namespace Zvonok.Api.Tests.Gates;

/// <summary>How many streams there may be, and for how long one may say nothing.</summary>
public sealed class ConnectionLimitTests
{
    private const int StreamsMax = 3;

    [Fact]
    [Trait("Rule", "D3")]
    public async Task One_stream_too_many_is_sent_elsewhere_and_one_that_ends_makes_room()
    {
        await using var server = await Start(heartbeatSeconds: 60);
        var lines = new List<GateLine>();
        for (var gate = 1; gate <= StreamsMax; gate++) lines.Add((await GateLine.Greeted(server, 9_000 + gate)).Line);

        await using var refused = GateLine.Open(server);
        await refused.Say(new Hello { DeviceIds = { Given.Gate } });
        await FaultOf.Call(() => refused.Ended.WaitAsync(Server.Deadline), StatusCode.ResourceExhausted);
        // Taps need no hello.
        await using var plain = GateLine.Open(server);
        await plain.Say(Given.Tap(server.NewId(), await server.NewPupil()));
        await plain.Hear(Kind.TapResult);

        await lines[0].Complete();
        await lines[0].Ended.WaitAsync(Server.Deadline);
        lines[0] = (await GateLine.Greeted(server, Given.Gate)).Line;
        foreach (var line in lines) await line.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task A_stream_from_which_nothing_comes_is_ended_and_its_device_is_reported_as_silent_and_as_back()
    {
        await using var server = await Start(heartbeatSeconds: 1);
        var (line, welcome) = await GateLine.Greeted(server, Given.Gate);
        welcome.HeartbeatInterval.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(1));
        var (lively, _) = await GateLine.Greeted(server, 9_001);
        using var enough = new CancellationTokenSource();
        var beating = Beat(lively, enough.Token);

        await FaultOf.Call(() => line.Ended.WaitAsync(Server.Deadline), StatusCode.Unavailable);
        await IsTold(server, PassageKind.DeviceSilent);
        (line, _) = await GateLine.Greeted(server, Given.Gate);
        await IsTold(server, PassageKind.DeviceSilent, PassageKind.DeviceBack);

        using var reading = new Reading(server, new WatchRequest { Kinds = { FactKind.DeviceNews } });
        (await reading.Take(2)).Select(fact => (fact.DeviceNews.BuildingId, fact.DeviceNews.DeviceId, fact.DeviceNews.Silent))
            .ShouldBe([(Given.School, Given.Gate, true), (Given.School, Given.Gate, false)]);
        lively.Ended.IsCompleted.ShouldBeFalse();
        await enough.CancelAsync();
        await beating;
        await line.DisposeAsync();
        await lively.DisposeAsync();
    }

    // The device's own rhythm, well within what it was told.
    private static async Task Beat(GateLine line, CancellationToken enough)
    {
        using var rhythm = new PeriodicTimer(TimeSpan.FromMilliseconds(300));
        while (!enough.IsCancellationRequested)
        {
            await line.Say(new Heartbeat());
            await rhythm.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task<Server> Start(int heartbeatSeconds)
    {
        var server = await Server.Start(
            ("Zvonok:Connections:HeartbeatSeconds", heartbeatSeconds.ToString(CultureInfo.InvariantCulture)), ("Zvonok:Connections:SilentSeconds", "5"), ("Zvonok:Connections:RenewSeconds", "1"),
            ("Zvonok:Connections:StreamsMax", StreamsMax.ToString(CultureInfo.InvariantCulture)));
        await server.Import([.. Enumerable.Range(9_001, StreamsMax).Select(id => new Row { Device = new Zvonok.Registry.V1.Device { DeviceId = id, Kind = DeviceKind.Gate, BuildingId = Given.School } })]);
        return server;
    }

    private static async Task IsTold(Server server, params PassageKind[] kinds)
    {
        var reader = (IJournalReader)server.Services.GetService(typeof(IJournalReader))!;
        await Eventually.Holds(async () =>
        {
            var told = (await reader.LoadBuilding(new BuildingId(Given.School)))!.Passages.Where(passage => passage.Device.Value == Given.Gate).Select(passage => passage.Kind).ToList();
            told.Count.ShouldBeLessThanOrEqualTo(kinds.Length);
            return told.SequenceEqual(kinds);
        }, string.Join(", ", kinds));
    }
}
