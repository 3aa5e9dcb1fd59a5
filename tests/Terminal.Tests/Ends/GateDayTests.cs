using System.Diagnostics;
using Zvonok.Chaos.Network;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Gate.V1;
using Zvonok.Terminals.Tests.Cores;
using Direction = Zvonok.Gate.V1.Direction;
using GateEventKind = Zvonok.Gate.V1.GateEventKind;

namespace Zvonok.Terminals.Tests.Ends;

/// <summary>A gate and a core over sockets.</summary>
[Trait("Rule", "O2")]
public sealed class GateDayTests : IAsyncLifetime, IDisposable
{
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private readonly TemporaryDirectory _directory = new("zvonok-gate");
    private readonly FakeCore _core = new(new School());

    private string File => Path.Combine(_directory.Path, "gate.db");

    public Task InitializeAsync()
    {
        _core.List = School.List(DeviceKind.Gate, Now, [School.Person(1), School.Person(2), School.Person(3, CardState.Lost)]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _core.DisposeAsync();

    public void Dispose()
    {
        _core.School.Dispose();
        _directory.Dispose();
    }

    [Fact]
    [Trait("Rule", "O6")]
    public async Task With_the_core_it_decides_without_it_the_gate_does_and_afterwards_everything_is_told_once()
    {
        await _core.Start();
        await using var gate = await Connected();

        var with = await gate.Tap(School.Uid(1), Direction.In);
        (with.IsAdmitted, with.IsAlone, with.PassageNumber, with.AccountNumber).ShouldBe((true, false, 1, 1230));

        await _core.Stop();
        var without = new List<GateDecision>();
        for (var n = 0; n < 20; n++) without.Add(await gate.Tap(School.Uid(1 + n % 4), Direction.In));
        without.ShouldAllBe(decision => decision.IsAlone && decision.IsDurable);
        without.Select(decision => decision.IsAdmitted).ShouldBe(Enumerable.Range(0, 20).Select(n => n % 4 < 2));
        without[2].Reason.ShouldBe(RefusalReason.CardLost);
        without[3].Reason.ShouldBe(RefusalReason.CardUnknown);
        gate.Status.Queued.ShouldBe(20);

        await _core.Start();
        await Eventually.Holds(() => gate.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");

        var facts = _core.Uploaded.Select(one => one.Fact).Cast<PassageFact>().ToList();
        facts.Select(fact => new Guid(fact.OperationId.Span, bigEndian: true)).ShouldBe(without.Select(decision => decision.OperationId));
        facts.Select(fact => fact.Holder).ShouldBe(Enumerable.Range(0, 20).Select(n => n % 4 == 3 ? 0 : 1 + n % 4));
        facts.ShouldAllBe(fact => fact.CardUid.IsEmpty && fact.DeviceId == School.Gate && fact.Direction == Direction.In);
        facts.Select(fact => (fact.Outcome, fact.Flag)).Take(2).ShouldBe([(Outcome.AdmittedFlagged, Flag.AlreadyInside), (Outcome.Admitted, Flag.Unspecified)]);
        (await gate.Tap(School.Uid(2), Direction.Out)).IsAlone.ShouldBeFalse();
    }

    [Fact]
    public async Task A_cable_that_is_cut_and_not_closed_costs_one_wait_and_not_one_for_every_child()
    {
        await _core.Start();
        await using var cable = new Link(_core.Port);
        await using var gate = await Connected(new Uri($"http://127.0.0.1:{cable.Port}"));
        cable.Silence();

        var first = Stopwatch.StartNew();
        (await gate.Tap(School.Uid(1), Direction.In)).ShouldSatisfyAllConditions(decision => decision.IsAdmitted.ShouldBeTrue(), decision => decision.IsAlone.ShouldBeTrue());
        first.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(3));
        var rest = Stopwatch.StartNew();
        for (var n = 0; n < 20; n++) (await gate.Tap(School.Uid(2), Direction.In)).IsAdmitted.ShouldBeTrue();
        rest.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        gate.Status.IsConnected.ShouldBeFalse();
        await Eventually.Holds(() => gate.Status.Address is null, "the dead connection should be given up");

        cable.Heal();
        await Eventually.Holds(() => gate.Status is { Queued: 0, IsConnected: true }, "it should come back");
        _core.Uploaded.Count.ShouldBe(21);
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task An_upload_that_is_broken_off_goes_on_from_what_was_acknowledged_and_in_order()
    {
        await using var gate = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address));
        for (var n = 0; n < 50; n++) await gate.Tap(School.Uid(1), Direction.In);
        _core.UploadBreaksAfter = 7;
        await _core.Start();
        await Eventually.Holds(() => _core.Uploaded.Count >= 14, "some calls should break off");
        _core.UploadBreaksAfter = 0;
        await Eventually.Holds(() => gate.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");

        var positions = _core.Uploaded.Select(one => one.Position).ToList();
        positions.Distinct().ShouldBe(Enumerable.Range(1, 50).Select(n => (long)n));
        positions.Count.ShouldBeLessThan(50 + 20, "what was acknowledged does not go again");
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task What_the_core_does_not_take_is_kept_apart_and_holds_up_nothing()
    {
        var gate = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address));
        for (var n = 0; n < 3; n++) await gate.Tap(School.Uid(1), Direction.In);
        _core.OnFact = position => position == 2 ? new Google.Rpc.Status { Code = 5, Message = "holder: nobody" } : null;
        await _core.Start();
        await Eventually.Holds(() => gate.Status.Queued == 0, "the queue should be uploaded");
        gate.NotTaken.ShouldHaveSingleItem();
        await gate.DisposeAsync();

        await using var again = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address));
        var fact = again.NotTaken.ShouldHaveSingleItem();
        (fact.Position, fact.Code, fact.Message).ShouldBe((2, 5, "holder: nobody"));
        fact.Fact.ShouldContain("passage");
        again.Forget(fact);
        again.NotTaken.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "O5")]
    public async Task What_the_core_has_decided_from_memory_the_gate_keeps_and_tells_again_by_the_same_operation()
    {
        _core.OnTap = tap =>
        {
            var result = FakeCore.Admit(tap);
            (result.Response.Unrecorded, result.Response.PassageNumber) = (true, 0);
            return result;
        };
        await _core.Start();
        await using var gate = await Connected();

        var decision = await gate.Tap(School.Uid(1), Direction.In);

        (decision.IsAdmitted, decision.IsAlone, decision.IsDurable).ShouldBe((true, false, true));
        await Eventually.Holds(() => !_core.Uploaded.IsEmpty && gate.Status.Queued == 0, "it should be uploaded");
        var fact = (PassageFact)_core.Uploaded.Single().Fact;
        (new Guid(fact.OperationId.Span, bigEndian: true), fact.Holder, fact.Outcome).ShouldBe((decision.OperationId, 1, Outcome.Admitted));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task A_gate_opens_for_its_fire_input_at_once_tells_the_core_and_stays_open_without_it()
    {
        _core.HeartbeatInterval = TimeSpan.FromSeconds(30);
        await _core.Start();
        await using var gate = await Connected();
        var told = new List<bool>();
        gate.OpenChanged += told.Add;

        gate.SetFireInput(true);
        gate.IsOpen.ShouldBeTrue();
        await Eventually.Holds(() => _core.FireInputs.Any(inputs => inputs.SequenceEqual([School.Gate])), "the core should hear of it before the next heartbeat is due");
        await _core.Stop();
        (await gate.Tap(School.Uid(9), Direction.In)).ShouldSatisfyAllConditions(
            decision => decision.IsAdmitted.ShouldBeTrue(), decision => decision.Flag.ShouldBe(Flag.Evacuation), decision => decision.IsAlone.ShouldBeTrue());
        gate.IsOpen.ShouldBeTrue();
        gate.SetFireInput(false);
        gate.IsOpen.ShouldBeFalse();
        told.ShouldBe([true, false]);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task An_evacuation_opens_the_gate_and_outlives_the_connection_the_program_and_the_fire_input()
    {
        await _core.Start();
        var gate = await Connected();
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gate.OpenChanged += isOpen =>
        {
            // Whoever hears of it may ask how the terminal is.
            if (isOpen && gate.Status.Mode == Feed.V1.BuildingMode.Evacuation) opened.TrySetResult();
        };
        _core.TellMode(Feed.V1.BuildingMode.Evacuation, open: true);
        await opened.Task.WaitAsync(Eventually.Patience);
        // A core that does not know yet refuses: the gate is open, and who stands there has passed.
        _core.OnTap = tap => new TapResult { OperationId = tap.OperationId, Response = new TapResponse { PassageNumber = 2, Outcome = Outcome.Refused, Direction = Direction.In, RefusalReason = RefusalReason.CardUnknown } };
        (await gate.Tap(School.Uid(9), Direction.In)).IsAdmitted.ShouldBeTrue();
        await gate.DisposeAsync();
        await _core.Stop();

        await using (var again = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address)))
        {
            again.IsOpen.ShouldBeTrue();
            again.SetFireInput(true);
            again.SetFireInput(false);
            again.IsOpen.ShouldBeTrue();
            _core.Mode = (Feed.V1.BuildingMode.Normal, false);
            await _core.Start();
            await Eventually.Holds(() => !again.IsOpen, "only the core ends it");
        }
    }

    [Fact]
    [Trait("Rule", "O1")]
    public async Task A_card_that_is_reported_lost_stops_when_its_delta_comes_and_a_delta_that_does_not_fit_brings_the_whole_list()
    {
        await _core.Start();
        await using var gate = await Connected();
        _core.Change(School.List(DeviceKind.Gate, Now, [School.Person(1, CardState.Lost), School.Person(2)], version: 2));
        await Eventually.Holds(() => gate.Status.ListVersion == 2, "the delta should be applied");

        // A delta of a version that is not there.
        var three = School.List(DeviceKind.Gate, Now, [School.Person(1, CardState.Lost), School.Person(2), School.Person(5)], version: 3);
        var four = School.List(DeviceKind.Gate, Now, [School.Person(2), School.Person(5)], version: 4);
        _core.List = four;
        _core.Tell(_core.School.Sign(Domain.Lists.ListDeltas.Diff(three, four)));
        await Eventually.Holds(() => gate.Status.ListVersion == 4, "the list should be fetched");
        // A stranger's list is not looked at.
        using var stranger = new School();
        _core.Tell(stranger.Sign(School.List(DeviceKind.Gate, Now, [School.Person(7)], version: 9)));

        await _core.Stop();
        (await gate.Tap(School.Uid(1), Direction.In)).Reason.ShouldBe(RefusalReason.CardUnknown);
        (await gate.Tap(School.Uid(5), Direction.In)).IsAdmitted.ShouldBeTrue();
        (await gate.Tap(School.Uid(7), Direction.In)).IsAdmitted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task Reports_go_to_the_core_or_into_the_queue_and_name_their_passages_by_operation()
    {
        await _core.Start();
        await using var gate = await Connected();
        var with = await gate.Tap(School.Uid(1), Direction.Toggle);
        await gate.ReportNotPassed(with);
        _core.Asked.OfType<ReportGateEventRequest>().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            report => report.PassageNumber.ShouldBe(1), report => new Guid(report.PassageOperationId.Span, bigEndian: true).ShouldBe(with.OperationId));
        await _core.Stop();

        (await gate.Tap(School.Uid(1), Direction.Toggle)).Direction.ShouldBe(Direction.In, "they did not come in before");
        var without = await gate.Tap(School.Uid(1), Direction.Toggle);
        without.Direction.ShouldBe(Direction.Out);
        await gate.ReportNotPassed(without);
        await gate.ReportForced(Direction.In);
        await gate.ReportTampered();
        (await gate.Tap(School.Uid(1), Direction.Toggle)).Direction.ShouldBe(Direction.Out, "they are still inside");

        await _core.Start();
        await Eventually.Holds(() => gate.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        var reports = _core.Uploaded.Select(one => one.Fact).OfType<ReportGateEventRequest>().ToList();
        reports.Select(report => report.Kind).ShouldBe([GateEventKind.NotPassed, GateEventKind.Forced, GateEventKind.Tampered]);
        (reports[0].PassageNumber, new Guid(reports[0].PassageOperationId.Span, bigEndian: true)).ShouldBe((0, without.OperationId));
    }

    [Fact]
    [Trait("Rule", "O7")]
    public async Task Nothing_is_uploaded_before_the_core_says_so_and_then_not_faster()
    {
        await using var gate = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address));
        for (var n = 0; n < 30; n++) await gate.Tap(School.Uid(1), Direction.In);
        _core.Pace = (TimeSpan.FromSeconds(1), 20);
        await _core.Start();
        await Eventually.Holds(() => !_core.Hellos.IsEmpty, "it should say hello");
        var since = Stopwatch.StartNew();
        await Eventually.Holds(() => !_core.Uploaded.IsEmpty, "it should begin");
        since.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9));
        await Eventually.Holds(() => gate.Status.Queued == 0, "it should come to its end");
        since.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(0.9 + 28 / 20.0));
        ((Hello)_core.Hellos.First()).QueuedFacts.ShouldBe(30);
    }

    [Fact]
    [Trait("Rule", "O6")]
    public async Task The_clock_of_the_core_is_found_and_kept_for_times_without_it()
    {
        _core.ClockAhead = TimeSpan.FromMinutes(10);
        await _core.Start();
        var gate = await Connected();
        await Eventually.Holds(() => Math.Abs((gate.Status.ClockOffset - _core.ClockAhead).TotalSeconds) < 2, "the offset should be found");
        await gate.DisposeAsync();
        await _core.Stop();

        await using var again = GateTerminal.Start(_core.School.Options(File, isTill: false, _core.Address));
        var decision = await again.Tap(School.Uid(1), Direction.In);
        (decision.EventTime - TimeProvider.System.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10.1));
    }

    [Fact]
    [Trait("Rule", "O6")]
    public async Task Of_several_addresses_one_that_answers_is_found()
    {
        await _core.Start();
        var options = _core.School.Options(File, isTill: false, new Uri($"http://127.0.0.1:{FreePort.Next()}"), _core.Address, new Uri($"http://127.0.0.1:{FreePort.Next()}"));
        await using var gate = GateTerminal.Start(options);
        await Eventually.Holds(() => gate.Status.IsConnected, "it should connect");
        gate.Status.Address.ShouldBe(_core.Address);
    }

    private async Task<GateTerminal> Connected(Uri? address = null)
    {
        var gate = GateTerminal.Start(_core.School.Options(File, isTill: false, address ?? _core.Address));
        await Eventually.Holds(() => gate.Status is { IsConnected: true, ListVersion: > 0 }, "it should connect and have a list");
        return gate;
    }
}
