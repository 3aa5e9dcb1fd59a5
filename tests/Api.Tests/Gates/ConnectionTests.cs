using System.Threading.Channels;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain.Buildings;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Registry.V1;
using Channel = System.Threading.Channels.Channel;
using DeviceKind = Zvonok.Registry.V1.DeviceKind;
using Direction = Zvonok.Gate.V1.Direction;
using Kind = Zvonok.Gate.V1.ConnectResponse.MessageOneofCase;
using Mode = Zvonok.Feed.V1.BuildingMode;

namespace Zvonok.Api.Tests.Gates;

/// <summary>Streams whose gates have said hello, over real sockets.</summary>
[Collection(nameof(World))]
public sealed class ConnectionTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_hello_is_answered_by_a_welcome_and_taps_and_reports_go_on_beside_heartbeats()
    {
        var pupil = await _server.NewPupil();
        var (line, welcome) = await GateLine.Greeted(_server, Given.Gate);
        await using var _ = line;
        var (tap, report) = (Given.Tap(_server.NewId(), pupil), new ReportGateEventRequest { OperationId = _server.NewId(), DeviceId = Given.Gate, Kind = Zvonok.Gate.V1.GateEventKind.HeldOpen });

        welcome.HeartbeatInterval.ToTimeSpan().ShouldBe(TimeSpan.FromSeconds(30));
        welcome.Mode.ShouldBe(new ModeNotice { Mode = Mode.Normal });
        (welcome.ServerTime.ToDateTimeOffset() - _server.Clock.GetCurrentInstant().ToDateTimeOffset()).Duration().ShouldBeLessThan(Server.Deadline);
        welcome.Pace.ShouldBe(new Pace { UploadAfter = new(), FactsPerSecond = 100 });
        await line.Say(tap);
        (await line.Hear(Kind.TapResult)).TapResult.ShouldSatisfyAllConditions(
            result => result.OperationId.ShouldBe(tap.OperationId), result => result.Response.Outcome.ShouldBe(Outcome.Admitted));
        await line.Say(new Heartbeat { DeviceTime = welcome.ServerTime });
        (await line.Hear(Kind.Heartbeat)).Heartbeat.ServerTime.ShouldNotBeNull();
        await line.Say(report);
        (await line.Hear(Kind.ReportResult)).ReportResult.ShouldSatisfyAllConditions(
            result => result.OperationId.ShouldBe(report.OperationId), result => result.Response.PassageNumber.ShouldBeGreaterThan(0));
        await line.Complete();
        await line.Ended.WaitAsync(Server.Deadline);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task Forty_gates_of_a_building_have_the_mode_when_its_change_is_answered_or_very_soon_while_they_tap()
    {
        var (school, gates) = await NewSchool(40);
        var pupils = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _server.NewPupil(change: card => card.HomeBuildingId = school)));
        var lines = (await Task.WhenAll(gates.Select(gate => GateLine.Greeted(_server, gate)))).Select(greeted => greeted.Line).ToList();
        using var enough = new CancellationTokenSource();
        var modes = gates.Select(_ => Channel.CreateUnbounded<ModeNotice>()).ToList();
        var tapping = lines.Select((line, n) => Task.Run(() => Work(line, gates[n], pupils[n % pupils.Length], modes[n].Writer, enough.Token))).ToList();
        using var patience = new CancellationTokenSource(Server.Deadline);

        await Change(school, BuildingMode.Evacuation);
        foreach (var heard in modes) (await heard.Reader.ReadAsync(patience.Token)).ShouldBe(new ModeNotice { Mode = Mode.Evacuation, Open = true });
        await Change(school, BuildingMode.Normal);
        foreach (var heard in modes) (await heard.Reader.ReadAsync(patience.Token)).ShouldBe(new ModeNotice { Mode = Mode.Normal });

        await enough.CancelAsync();
        await Task.WhenAll(tapping);
        foreach (var line in lines) await line.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task A_gates_fire_input_opens_all_gates_of_the_building_also_those_of_other_connections()
    {
        var (_, gates) = await NewSchool(3);
        var (controller, _) = await GateLine.Greeted(_server, gates[0], gates[1]);
        var (gate, _) = await GateLine.Greeted(_server, gates[2]);
        await using var first = controller;
        await using var second = gate;

        await controller.Say(new Heartbeat { FireInputDeviceIds = { gates[1] } });

        (await controller.Hear(Kind.Mode)).Mode.Open.ShouldBeTrue();
        await controller.Hear(Kind.Heartbeat);
        (await gate.Hear(Kind.Mode)).Mode.Open.ShouldBeTrue();
        // Who connects during it knows at once.
        (await GateLine.Greeted(_server, gates[2])).Welcome.Mode.Open.ShouldBeTrue();
    }

    [Fact]
    [Trait("Rule", "P9")]
    public async Task A_controller_speaks_for_its_gates_and_for_no_other()
    {
        var (school, gates) = await NewSchool(3);
        var pupil = await _server.NewPupil(change: card => card.HomeBuildingId = school);
        var (line, _) = await GateLine.Greeted(_server, gates[0], gates[1]);
        await using var dispose = line;

        await line.Say(Given.Tap(_server.NewId(), pupil, Direction.In, gates[1]));
        (await line.Hear(Kind.TapResult)).TapResult.Response.Outcome.ShouldBe(Outcome.Admitted);
        await line.Say(Given.Tap(_server.NewId(), pupil, Direction.Out, gates[2]));
        FaultOf.FieldOf((await line.Hear(Kind.TapResult)).TapResult.Error).Field.ShouldBe("device_id");
        await line.Say(new ReportGateEventRequest { OperationId = _server.NewId(), DeviceId = gates[2], Kind = Zvonok.Gate.V1.GateEventKind.HeldOpen });
        FaultOf.FieldOf((await line.Hear(Kind.ReportResult)).ReportResult.Error).Field.ShouldBe("device_id");
        await line.Say(new Heartbeat());
        await line.Hear(Kind.Heartbeat);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_device_has_one_connection_and_the_newest_one_counts()
    {
        var (_, gates) = await NewSchool(2);
        var (older, _) = await GateLine.Greeted(_server, gates[0]);
        await using var first = older;

        var (newer, _) = await GateLine.Greeted(_server, gates);
        await using var second = newer;

        await FaultOf.Call(() => older.Ended.WaitAsync(Server.Deadline), StatusCode.Aborted);
        await newer.Say(new Heartbeat());
        await newer.Hear(Kind.Heartbeat);
    }

    [Fact]
    [Trait("Rule", "O7")]
    public async Task Who_has_facts_is_told_when_to_upload_them_and_again_when_there_are_more()
    {
        var (_, gates) = await NewSchool(1);
        await using var line = GateLine.Open(_server);

        await line.Say(new Hello { DeviceIds = { gates }, QueuedFacts = 5 });
        var first = (await line.Hear(Kind.Welcome)).Welcome.Pace;
        first.UploadAfter.ToTimeSpan().ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        first.FactsPerSecond.ShouldBe(100);
        _server.Clock.PutForward(NodaTime.Duration.FromTimeSpan(first.UploadAfter.ToTimeSpan()) + NodaTime.Duration.FromMilliseconds(100));
        await line.Say(new Heartbeat { QueuedFacts = 3 });

        (await line.Hear(Kind.Pace)).Pace.FactsPerSecond.ShouldBe(100);
        await line.Hear(Kind.Heartbeat);
    }

    [Fact]
    public async Task A_hello_that_comes_late_or_twice_and_a_heartbeat_without_one_end_the_stream()
    {
        var (_, gates) = await NewSchool(1);
        var pupil = await _server.NewPupil();
        await using var late = GateLine.Open(_server);
        await late.Say(Given.Tap(_server.NewId(), pupil));
        await late.Hear(Kind.TapResult);
        await late.Say(new Hello { DeviceIds = { gates } });
        await FaultOf.Names("hello", () => late.Ended.WaitAsync(Server.Deadline));

        await using var early = GateLine.Open(_server);
        await early.Say(new Heartbeat());
        await FaultOf.Names("heartbeat", () => early.Ended.WaitAsync(Server.Deadline));

        var (twice, _) = await GateLine.Greeted(_server, gates);
        await using var dispose = twice;
        await twice.Say(new Hello { DeviceIds = { gates } });
        await FaultOf.Names("hello", () => twice.Ended.WaitAsync(Server.Deadline));
    }

    // A gate taps again when it has its answer, as gates do, and puts aside what it hears of the mode.
    private async Task Work(GateLine line, int gate, Pupil pupil, ChannelWriter<ModeNotice> modes, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            await line.Say(Given.Tap(_server.NewId(), pupil, Direction.Toggle, gate));
            for (var heard = await line.Hear(); heard.MessageCase != Kind.TapResult; heard = await line.Hear())
                if (heard.MessageCase == Kind.Mode) await modes.WriteAsync(heard.Mode, CancellationToken.None);
        }
    }

    private async Task<(int School, int[] Gates)> NewSchool(int gates)
    {
        var school = await _server.NewSchool();
        int[] ids = [.. Enumerable.Range(1, gates).Select(n => school * 1_000 + n)];
        (await _server.Import([.. ids.Select(id => new Row { Device = new Zvonok.Registry.V1.Device { DeviceId = id, Kind = DeviceKind.Gate, BuildingId = school } })])).BadRows.ShouldBeEmpty();
        return (school, ids);
    }

    private async Task Change(int building, BuildingMode mode) => await _server.Grains.GetGrain<IBuildingGrain>(building).ChangeMode(new ModeChange
    {
        Operation = Domain.Operations.OperationId.FromGuid(new Guid(_server.NewId().Span, bigEndian: true)),
        Mode = mode,
    });
}
