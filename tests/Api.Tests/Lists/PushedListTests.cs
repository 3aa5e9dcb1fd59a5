using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Gates;
using Zvonok.Api.Tests.Schools;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain.Lists;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Registry.V1;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.V1;
using Kind = Zvonok.Gate.V1.ConnectResponse.MessageOneofCase;

namespace Zvonok.Api.Tests.Lists;

/// <summary>Lists over the connection.</summary>
[Trait("Rule", "O1")]
public sealed class PushedListTests
{
    [Fact]
    [Trait("Rule", "C4")]
    public async Task A_card_that_is_reported_lost_is_on_the_list_of_every_connected_gate_within_five_seconds()
    {
        // Its usual period comes long after this test.
        await using var server = await Start(fetchSeconds: 3_600);
        var pupil = await server.NewPupil();
        var keyId = server.Services.GetRequiredService<ListKeys>().Newest.Id;
        var list = Open(server, (await server.Gates.FetchListAsync(new FetchListRequest { DeviceId = Given.Gate, KeyId = keyId })).List).List;
        list.Holders.ShouldHaveSingleItem().Cards.ShouldHaveSingleItem().State.ShouldBe(CardState.Active);
        await using var gate = GateLine.Open(server);
        await gate.Say(new Hello { DeviceIds = { Given.Gate }, ListKeyId = keyId, ListVersion = list.Version });
        await gate.Hear(Kind.Welcome);
        await using var other = GateLine.Open(server);
        await other.Say(new Hello { DeviceIds = { 9_001 }, ListKeyId = keyId });
        await other.Hear(Kind.Welcome);

        await server.Schools.ReportCardLostAsync(GivenCards.Lost(server.NewId(), pupil));

        var delta = Open(server, (await gate.Hear(Kind.List).WaitAsync(TimeSpan.FromSeconds(5))).List).Delta;
        (delta.BaseVersion, delta.Version > list.Version).ShouldBe((list.Version, true));
        delta.Holders.ShouldHaveSingleItem().Cards.ShouldHaveSingleItem().State.ShouldBe(CardState.Lost);
        // Who had none has the whole.
        Open(server, (await other.Hear(Kind.List).WaitAsync(TimeSpan.FromSeconds(5))).List).List.Holders[0].Cards[0].State.ShouldBe(CardState.Lost);
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task Cards_that_an_import_stops_are_on_the_lists_of_all_buildings_that_they_open_within_five_seconds()
    {
        const int Pool = 7_001;
        await using var server = await Start(fetchSeconds: 3_600);
        await server.Import(
            new Row { Building = new Building { BuildingId = Pool, TimeZone = Given.Zone } }, new Row { Device = new Device { DeviceId = Pool, Kind = DeviceKind.Gate, BuildingId = Pool } });
        Pupil[] pupils = [await server.NewPupil(change: OpensPool), await server.NewPupil(change: OpensPool), await server.NewPupil(change: OpensPool)];
        await using var gate = await Listed(server, Given.Gate);
        await using var pool = await Listed(server, Pool);

        (await server.Import([.. pupils[1..].Select(pupil => Stopped(pupil))])).ChangedCount.ShouldBe(2);

        foreach (var line in new[] { gate, pool })
        {
            var delta = Open(server, (await line.Hear(Kind.List).WaitAsync(TimeSpan.FromSeconds(5))).List).Delta;
            delta.Holders.SelectMany(holder => holder.Cards).Select(card => card.State).ShouldBe([CardState.Lost, CardState.Lost]);
        }

        static void OpensPool(Card card) => card.FurtherBuildingIds.Add(Pool);

        static Row Stopped(Pupil pupil)
        {
            var card = Given.Card(pupil, Zvonok.Registry.V1.CardState.Lost);
            OpensPool(card);
            return new Row { Card = card };
        }
    }

    [Fact]
    [Trait("Rule", "C4")]
    public async Task A_list_that_could_not_be_had_comes_soon_after_the_database_is_back_and_not_with_the_next_period()
    {
        await using var postgres = await TemporaryPostgres.Start();
        await using var server = await Start(fetchSeconds: 3_600, ("ConnectionStrings:Zvonok", await postgres.CreateDatabase("lists")), ("Zvonok:Lists:FreshSeconds", "300"));
        await server.NewPupil();
        await using var gate = await Listed(server, Given.Gate);

        await postgres.StopImmediately();
        await server.Grains.GetGrain<IBuildingGrain>(Given.School).CardsChanged();
        // Until it is told so, the server takes its list for true.
        var fetch = new FetchListRequest { DeviceId = Given.Gate, KeyId = server.Services.GetRequiredService<ListKeys>().Newest.Id };
        await Eventually.Holds(() => IsUnavailable(async () => await server.Gates.FetchListAsync(fetch)), "a list that cannot be had");
        await postgres.StartAgain();

        Open(server, (await gate.Hear(Kind.List)).List).Delta.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_list_comes_soon_after_the_hello_and_once_a_period_and_a_till_and_a_validator_have_their_own()
    {
        await using var server = await Start(fetchSeconds: 5);
        await server.NewPupil();
        var keyId = server.Services.GetRequiredService<ListKeys>().Newest.Id;
        await using var gate = GateLine.Open(server);
        await gate.Say(new Hello { DeviceIds = { Given.Gate }, ListKeyId = keyId });
        using var till = await Greeted(server, Given.Till, keyId);
        using var validator = await Greeted(server, Given.Validator, keyId);

        await gate.Hear(Kind.Welcome);
        var list = Open(server, (await gate.Hear(Kind.List)).List).List;
        list.Holders.ShouldHaveSingleItem();
        var younger = Open(server, (await gate.Hear(Kind.List)).List).Delta;
        (younger.BaseVersion, younger.Version).ShouldBe((list.Version, list.Version));
        foreach (var (device, kind) in new[] { (till, DeviceKind.Till), (validator, DeviceKind.Validator) })
        {
            (await device.ResponseStream.MoveNext().WaitAsync(Server.Deadline)).ShouldBeTrue();
            (await device.ResponseStream.MoveNext().WaitAsync(Server.Deadline)).ShouldBeTrue();
            Open(server, device.ResponseStream.Current.List).List.Terms.Audience.ShouldBe(kind);
        }
    }

    [Fact]
    public async Task A_device_with_a_key_that_is_not_in_use_is_connected_all_the_same()
    {
        await using var server = await Start(fetchSeconds: 3_600);
        var pupil = await server.NewPupil();
        await using var gate = GateLine.Open(server);
        await gate.Say(new Hello { DeviceIds = { Given.Gate }, ListKeyId = 12_345 });
        await gate.Hear(Kind.Welcome);

        await server.Schools.ReportCardLostAsync(GivenCards.Lost(server.NewId(), pupil));
        await gate.Say(new Heartbeat());

        await gate.Hear(Kind.Heartbeat);
    }

    private static async Task<Server> Start(int fetchSeconds, params (string Setting, string Value)[] settings)
    {
        var server = await Server.Start([("Zvonok:Lists:FetchSeconds", fetchSeconds.ToString(CultureInfo.InvariantCulture)), .. settings]);
        await server.Import(new Row { Device = new Device { DeviceId = 9_001, Kind = DeviceKind.Gate, BuildingId = Given.School } });
        return server;
    }

    private static async Task<AsyncDuplexStreamingCall<Zvonok.Till.V1.ConnectRequest, Zvonok.Till.V1.ConnectResponse>> Greeted(Server server, int device, uint keyId)
    {
        var call = server.Tills.Connect();
        await call.RequestStream.WriteAsync(new Zvonok.Till.V1.ConnectRequest { Hello = new Zvonok.Till.V1.Hello { DeviceId = device, ListKeyId = keyId } });
        return call;
    }

    // A gate's line that has said hello with the list of that moment.
    private static async Task<GateLine> Listed(Server server, int gate)
    {
        var keyId = server.Services.GetRequiredService<ListKeys>().Newest.Id;
        var list = Open(server, (await server.Gates.FetchListAsync(new FetchListRequest { DeviceId = gate, KeyId = keyId })).List).List;
        var line = GateLine.Open(server);
        await line.Say(new Hello { DeviceIds = { gate }, ListKeyId = keyId, ListVersion = list.Version });
        await line.Hear(Kind.Welcome);
        return line;
    }

    private static async Task<bool> IsUnavailable(Func<Task> call)
    {
        try
        {
            await call();
            return false;
        }
        catch (RpcException exception)
        {
            exception.StatusCode.ShouldBe(StatusCode.Unavailable);
            return true;
        }
    }

    private static ListContent Open(Server server, SignedList signed)
    {
        using var verifier = new ListVerifier(server.Services.GetRequiredService<ListSigner>().PublicKey);
        ListReader.TryOpen(signed, verifier, out var content).ShouldBeTrue();
        return content!;
    }
}
