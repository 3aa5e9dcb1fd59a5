using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain.Buildings;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Registry.V1;
using Direction = Zvonok.Gate.V1.Direction;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
public sealed class TapTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<RefusalReason> Reasons => [.. Enum.GetValues<RefusalReason>().Where(reason => reason != RefusalReason.Unspecified && !GateEventTests.Reasons.Contains(reason) && !ManualAdmissionTests.Reasons.Contains(reason) && !HandOverTests.Reasons.Contains(reason) && !Schools.SafetyTests.Reasons.Contains(reason))];

    [Fact]
    [Trait("Rule", "P1")]
    public async Task A_tap_is_answered_with_its_passage()
    {
        var pupil = await _server.NewPupil();
        var eventTime = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = _server.Clock.GetCurrentInstant().ToUnixTimeSeconds() - 60 };
        var request = Given.Tap(_server.NewId(), pupil, Direction.Toggle);
        request.EventTime = eventTime;

        var first = await _server.Gates.TapAsync(request);
        var repeat = await _server.Gates.TapAsync(request);
        var next = await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, Direction.Toggle));

        first.PassageNumber.ShouldBeGreaterThan(0);
        first.ShouldBe(new TapResponse
        {
            PassageNumber = first.PassageNumber,
            Outcome = Outcome.Admitted,
            Direction = Direction.In,
            AccountNumber = pupil.Number,
            EventTime = eventTime,
        });
        repeat.ShouldBe(first);
        next.Direction.ShouldBe(Direction.Out);
        next.PassageNumber.ShouldBe(first.PassageNumber + 1);
    }

    [Fact]
    [Trait("Rule", "P3")]
    public async Task A_flag_tells_why_an_admission_is_worth_a_look()
    {
        var pupil = await _server.NewPupil();

        (await Tap(pupil, Direction.Out)).ShouldSatisfyAllConditions(
            answer => answer.Outcome.ShouldBe(Outcome.AdmittedFlagged), answer => answer.Flag.ShouldBe(Flag.NotInside));
        await Tap(pupil);
        (await Tap(pupil)).Flag.ShouldBe(Flag.AlreadyInside);
        await InMode(BuildingMode.Evacuation, async () => (await Tap(pupil)).Flag.ShouldBe(Flag.Evacuation));
    }

    [Theory, MemberData(nameof(Reasons))]
    [Trait("Rule", "P1")]
    [Trait("Rule", "D2")]
    public async Task A_refusal_is_an_answer_with_its_reason(RefusalReason reason)
    {
        var answer = await Refused(reason);

        answer.Outcome.ShouldBe(Outcome.Refused);
        answer.RefusalReason.ShouldBe(reason);
        answer.Flag.ShouldBe(Flag.Unspecified);
        answer.PassageNumber.ShouldBeGreaterThan(0);
        (answer.AccountNumber == 0).ShouldBe(reason == RefusalReason.CardUnknown);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_id_used_again_for_something_else_already_exists()
    {
        var pupil = await _server.NewPupil();
        var request = Given.Tap(_server.NewId(), pupil);
        await _server.Gates.TapAsync(request);
        request.Direction = Direction.Out;

        var status = await FaultOf.Call(async () => await _server.Gates.TapAsync(request), StatusCode.AlreadyExists);

        FaultOf.FieldOf(status).Field.ShouldBe("operation_id");
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_device_that_nobody_registered_is_not_found()
    {
        var pupil = await _server.NewPupil();

        var status = await FaultOf.Call(async () => await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, gate: 777)), StatusCode.NotFound);

        status.Message.ShouldContain("device_id");
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_message_beyond_64_KiB_is_refused_and_the_next_call_is_served()
    {
        var pupil = await _server.NewPupil();
        var request = Given.Tap(_server.NewId(), pupil);
        request.CardUid = ByteString.CopyFrom(new byte[64 * 1024]);

        await FaultOf.Call(async () => await _server.Gates.TapAsync(request), StatusCode.ResourceExhausted);

        (await Tap(pupil)).Outcome.ShouldBe(Outcome.Admitted);
    }

    private async Task<TapResponse> Refused(RefusalReason reason)
    {
        switch (reason)
        {
            case RefusalReason.CardUnknown:
                return await Tap(new Pupil(_server.NewNumber()));
            case RefusalReason.CardDestroyed:
                return await Tap(await _server.NewPupil(state: CardState.Destroyed));
            case RefusalReason.CardLost:
                return await Tap(await _server.NewPupil(state: CardState.Lost));
            case RefusalReason.CardBlocked:
                return await Tap(await _server.NewPupil(state: CardState.Blocked));
            case RefusalReason.CardNotActive:
                return await Tap(await _server.NewPupil(state: CardState.Issued));
            case RefusalReason.CardExpired:
                return await Tap(await _server.NewPupil(change: card => (card.Kind, card.ExpireTime) = (CardKind.TemporaryCard, new() { Seconds = 1_000_000_000 })));
            case RefusalReason.Lockdown:
                var pupil = await _server.NewPupil();
                TapResponse? answer = null;
                await InMode(BuildingMode.Lockdown, async () => answer = await Tap(pupil));
                return answer!;
            case RefusalReason.NoAccessRight:
                return await Tap(await _server.NewPupil(), gate: Given.ClubGate);
            case RefusalReason.AccessDenied:
                return await Tap(await _server.NewPupil(change: card => card.AccessRules.Add(new AccessRule { Effect = AccessEffect.Deny, BuildingId = Given.School })));
            case RefusalReason.NotAtThisTime:
                return await Tap(
                    await _server.NewPupil(change: card => card.AccessRules.Add(new AccessRule { Effect = AccessEffect.Allow, BuildingId = Given.Club, LastDate = new() { Year = 2020, Month = 1, Day = 1 } })),
                    gate: Given.ClubGate);
            case RefusalReason.AlreadyInside:
                var visitor = await _server.NewEmployee(card => card.HomeBuildingId = Given.StrictSchool);
                await Tap(visitor, gate: Given.StrictGate);
                return await Tap(visitor, gate: Given.StrictGate);
            default:
                throw new InvalidOperationException($"No test refuses a tap for {reason}.");
        }
    }

    private async Task<TapResponse> Tap(Pupil pupil, Direction direction = Direction.In, int gate = Given.Gate) =>
        await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, direction, gate));

    private async Task InMode(BuildingMode mode, Func<Task> act)
    {
        var building = _server.Grains.GetGrain<IBuildingGrain>(Given.School);
        await building.ChangeMode(Change(mode));
        await act();
        await building.ChangeMode(Change(BuildingMode.Normal));
    }

    private ModeChange Change(BuildingMode mode) => new()
    {
        Operation = Domain.Operations.OperationId.FromGuid(new Guid(_server.NewId().Span, bigEndian: true)),
        Mode = mode,
    };
}
