using System.Diagnostics;
using Zvonok.Api.Tests.Gates;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Journal;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Api.Tests.Faults;

/// <summary>PostgreSQL is stopped at eight in the morning; the gates go on, and afterwards everything is there once.</summary>
[Trait("Rule", "O5")]
public sealed class GateOutageTests
{
    private const int TapsMeanwhile = 60;

    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "S2")]
    public async Task Gates_are_decided_from_memory_while_the_database_is_down_and_their_uploads_bring_everything_once()
    {
        await using var postgres = await TemporaryPostgres.Start();
        await using var server = await Server.Start(("ConnectionStrings:Zvonok", await postgres.CreateDatabase("gates")));
        server.Clock.PutForwardToNoon();
        var (inside, comes, forgets) = (await server.NewPupil(), await server.NewPupil(), await server.NewPupil());
        var guard = await server.NewEmployee();
        var began = server.Clock.GetCurrentInstant();
        foreach (var pupil in new[] { inside, comes, forgets, guard }) (await server.Gates.TapAsync(At(began - Duration.FromHours(2), Given.Tap(server.NewId(), pupil)))).Unrecorded.ShouldBeFalse();
        foreach (var pupil in new[] { comes, forgets, guard }) await server.Gates.TapAsync(At(began - Duration.FromHours(1), Given.Tap(server.NewId(), pupil, Direction.Out)));
        // Who is admitted by hand, and by whom, is asked of their accounts: they have to be in memory.
        foreach (var pupil in new[] { forgets, guard }) await server.Get(pupil);

        await postgres.StopImmediately();

        var tap = Given.Tap(server.NewId(), comes, Direction.Toggle);
        (await server.Gates.TapAsync(tap)).ShouldSatisfyAllConditions(
            answer => answer.Unrecorded.ShouldBeTrue(), answer => answer.PassageNumber.ShouldBe(0), answer => answer.Outcome.ShouldBe(Outcome.Admitted), answer => answer.Direction.ShouldBe(Direction.In), answer => answer.AccountNumber.ShouldBe(comes.Number));
        var taps = Enumerable.Range(0, TapsMeanwhile).Select(n => At(began - Duration.FromHours(1) + Duration.FromSeconds(n), Given.Tap(server.NewId(), inside, Direction.Toggle))).ToList();
        var stopwatch = Stopwatch.GetTimestamp();
        var answers = new List<TapResponse>();
        foreach (var next in taps) answers.Add(await server.Gates.TapAsync(next));
        // Nobody waits for the database each time: that would be most of a minute.
        Stopwatch.GetElapsedTime(stopwatch).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        answers.ShouldAllBe(answer => answer.Unrecorded);
        answers.Select(answer => answer.Direction).ShouldBe(Enumerable.Range(0, TapsMeanwhile).Select(n => n % 2 == 0 ? Direction.Out : Direction.In));
        (await server.Gates.ReportGateEventAsync(Given.NotPassed(server.NewId(), 0, taps[^1].OperationId))).Unrecorded.ShouldBeTrue();
        (await server.Gates.AdmitManuallyAsync(Given.Admission(server.NewId(), forgets, guard))).Unrecorded.ShouldBeTrue();
        await Is(server, [comes, forgets], BuildingMode.Normal);
        var evacuation = new ModeChange { Operation = Operation(server), Mode = BuildingMode.Evacuation };
        (await server.Grains.GetGrain<IBuildingGrain>(Given.School).ChangeMode(evacuation)).IsUnrecorded.ShouldBeTrue();
        await Is(server, [comes, forgets], BuildingMode.Evacuation);
        var (acknowledged, failure) = await GateUpload.Try(server, [GateUpload.Fact(1, FactOf(tap, answers[0], comes))]);
        (acknowledged.Count, failure.ShouldNotBeNull().StatusCode).ShouldBe((0, StatusCode.Unavailable));
        // Of money nothing is confirmed, and of a card that is not in memory nothing is known.
        await FaultOf.Call(async () => await server.Tills.SellAsync(Given.Sell(server.NewId(), inside)), StatusCode.Unavailable);
        await FaultOf.Call(async () => await server.Gates.TapAsync(Given.Tap(server.NewId(), new Pupil(server.NewNumber()))), StatusCode.Unavailable);

        await postgres.StartAgain();

        await EvacuationIsRecorded(server, evacuation.Operation);
        await Is(server, [inside], BuildingMode.Evacuation);
        UploadFactsRequest[] facts =
        [
            .. taps.Select((one, i) => GateUpload.Fact(i + 1, FactOf(one, answers[i], inside))), GateUpload.Fact(TapsMeanwhile + 1, Given.NotPassed(server.NewId(), 0, taps[^1].OperationId)),
            GateUpload.Fact(TapsMeanwhile + 2, Given.Passage(tap.OperationId, comes, Direction.In, server.Clock.GetCurrentInstant())),
        ];
        for (var i = 0; i < 2; i++) (await GateUpload.All(server, facts)).ShouldBeEmpty();
        await Is(server, [comes], BuildingMode.Evacuation);
        (await server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = inside.Number, PageSize = 200 })).Records.Count.ShouldBe(1 + TapsMeanwhile + 1);
        (await server.Gates.TapAsync(tap)).ShouldSatisfyAllConditions(answer => answer.Unrecorded.ShouldBeFalse(), answer => answer.PassageNumber.ShouldBeGreaterThan(0));
    }

    private static TapRequest At(Instant at, TapRequest tap)
    {
        tap.EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(at.ToDateTimeOffset());
        return tap;
    }

    private static PassageFact FactOf(TapRequest tap, TapResponse answer, Pupil pupil)
    {
        var fact = Given.Passage(tap.OperationId, pupil, answer.Direction, Instant.FromDateTimeOffset(answer.EventTime.ToDateTimeOffset()));
        (fact.Outcome, fact.Flag) = (answer.Outcome, answer.Flag);
        return fact;
    }

    private static async Task Is(Server server, Pupil[] inside, BuildingMode mode)
    {
        var view = (await server.Grains.GetGrain<IBuildingGrain>(Given.School).Get()).ShouldNotBeNull();
        view.Inside.ShouldBe(inside.Select(pupil => AccountNumber.From(pupil.Number)).Order());
        view.Mode.ShouldBe(mode);
    }

    private static async Task EvacuationIsRecorded(Server server, OperationId operation)
    {
        var journal = (IJournalReader)server.Services.GetService(typeof(IJournalReader))!;
        await Eventually.Holds(async () =>
        {
            try
            {
                return await journal.FindPassage(new BuildingId(Given.School), operation) is { ModeAfter: BuildingMode.Evacuation };
            }
            catch (JournalUnavailableException)
            {
                // It starts.
                return false;
            }
        }, "an evacuation in the journal");
    }

    private static OperationId Operation(Server server) => OperationId.TryRead(server.NewId().Span, out var id) ? id : throw new InvalidOperationException("A new id is one.");
}
