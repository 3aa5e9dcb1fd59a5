using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;
using FactKind = Zvonok.Feed.V1.FactKind;
using GateEvent = Zvonok.Feed.V1.GateEvent;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
[Trait("Rule", "P5")]
public sealed class GateEventTests(World world)
{
    /// <summary>Why a report changes nothing.</summary>
    public static readonly RefusalReason[] Reasons = [RefusalReason.PassageUnknown, RefusalReason.NobodyAdmitted, RefusalReason.AlreadyReported];

    private readonly Server _server = world.Server;

    [Fact]
    public async Task Who_did_not_walk_through_is_not_inside_and_the_family_reads_of_it()
    {
        var pupil = await _server.NewPupil();
        var tap = Given.Tap(_server.NewId(), pupil);
        var entry = await _server.Gates.TapAsync(tap);
        var request = Given.NotPassed(_server.NewId(), entry.PassageNumber, tap.OperationId);

        var report = await _server.Gates.ReportGateEventAsync(request);
        var repeat = await _server.Gates.ReportGateEventAsync(request);

        report.RefusalReason.ShouldBe(RefusalReason.Unspecified);
        report.PassageNumber.ShouldBeGreaterThan(entry.PassageNumber);
        report.EventTime.ShouldNotBeNull();
        repeat.ShouldBe(report);
        // Who is not inside comes in without a flag.
        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil))).Outcome.ShouldBe(Outcome.Admitted);
        var told = (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records[1].Passage;
        (told.Kind, told.PassageNumber, told.AnnulledPassageNumber, told.Direction).ShouldBe((PassageKind.NotPassed, report.PassageNumber, entry.PassageNumber, Direction.Unspecified));
    }

    [Fact]
    public async Task A_report_that_names_no_admitted_passage_changes_nothing_and_says_why()
    {
        var pupil = await _server.NewPupil();
        var tap = Given.Tap(_server.NewId(), pupil);
        var entry = await _server.Gates.TapAsync(tap);
        var refusedTap = Given.Tap(_server.NewId(), new Pupil(_server.NewNumber()));
        var refused = await _server.Gates.TapAsync(refusedTap);

        (await Report(entry.PassageNumber, _server.NewId())).ShouldBe(RefusalReason.PassageUnknown);
        (await Report(entry.PassageNumber + 1_000_000, tap.OperationId)).ShouldBe(RefusalReason.PassageUnknown);
        (await Report(refused.PassageNumber, refusedTap.OperationId)).ShouldBe(RefusalReason.NobodyAdmitted);
        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil))).Flag.ShouldBe(Flag.AlreadyInside);
        await Report(entry.PassageNumber, tap.OperationId);
        (await Report(entry.PassageNumber, tap.OperationId)).ShouldBe(RefusalReason.AlreadyReported);

        async Task<RefusalReason> Report(long number, ByteString operation) =>
            (await _server.Gates.ReportGateEventAsync(Given.NotPassed(_server.NewId(), number, operation))).RefusalReason;
    }

    [Fact]
    [Trait("Rule", "N1")]
    public async Task Neighbours_are_told_what_gates_report()
    {
        var pupil = await _server.NewPupil();
        var tap = Given.Tap(_server.NewId(), pupil);
        var entry = await _server.Gates.TapAsync(tap);
        using var reading = new Reading(_server, new WatchRequest { FromPosition = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition, Kinds = { FactKind.GateEvent } });
        var forced = new ReportGateEventRequest { OperationId = _server.NewId(), DeviceId = Given.Gate, Kind = GateEventKind.Forced, Direction = Direction.In };
        var notPassed = Given.NotPassed(_server.NewId(), entry.PassageNumber, tap.OperationId);

        var first = await _server.Gates.ReportGateEventAsync(forced);
        var second = await _server.Gates.ReportGateEventAsync(notPassed);

        var facts = (await reading.Take(2)).ConvertAll(fact => fact.GateEvent);
        facts[0].ShouldBe(new GateEvent
        {
            BuildingId = Given.School, PassageNumber = first.PassageNumber, Kind = GateEventKind.Forced, Direction = Direction.In, OperationId = forced.OperationId, DeviceId = Given.Gate,
            Mode = BuildingMode.Normal,
        });
        facts[1].ShouldBe(new GateEvent
        {
            BuildingId = Given.School, PassageNumber = second.PassageNumber, Kind = GateEventKind.NotPassed, AnnulledPassageNumber = entry.PassageNumber, AccountNumber = pupil.Number,
            OperationId = notPassed.OperationId, DeviceId = Given.Gate, Mode = BuildingMode.Normal,
        });
    }
}
