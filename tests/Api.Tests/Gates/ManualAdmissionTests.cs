using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;
using FactKind = Zvonok.Feed.V1.FactKind;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
[Trait("Rule", "P6")]
public sealed class ManualAdmissionTests(World world)
{
    /// <summary>Why nobody is admitted by hand, besides a lockdown.</summary>
    public static readonly RefusalReason[] Reasons = [RefusalReason.EmployeeNotAllowed, RefusalReason.AccountClosed];

    private readonly Server _server = world.Server;

    [Fact]
    public async Task Who_has_forgotten_the_card_is_admitted_and_counts_as_inside()
    {
        var (pupil, guard) = (await _server.NewPupil(), await _server.NewEmployee());
        var request = Given.Admission(_server.NewId(), pupil, guard, Direction.Toggle);
        using var reading = new Reading(_server, new WatchRequest { FromPosition = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition, Kinds = { FactKind.Passage } });

        var admitted = await _server.Gates.AdmitManuallyAsync(request);
        var repeat = await _server.Gates.AdmitManuallyAsync(request);

        (admitted.Outcome, admitted.Direction, admitted.RefusalReason).ShouldBe((Outcome.Admitted, Direction.In, RefusalReason.Unspecified));
        repeat.ShouldBe(admitted);
        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, Direction.Toggle))).Direction.ShouldBe(Direction.Out);
        var told = (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records[^1].Passage;
        (told.Kind, told.PassageNumber, told.Reason).ShouldBe((PassageKind.ManualAdmission, admitted.PassageNumber, request.Reason));
        var fact = (await reading.Take(1))[0].Passage;
        (fact.Kind, fact.AccountNumber, fact.EmployeeAccountNumber, fact.Reason, fact.CardToken.Length).ShouldBe((PassageKind.ManualAdmission, pupil.Number, guard.Number, request.Reason, 0));
    }

    [Fact]
    public async Task Only_an_employee_whose_card_opens_the_building_answers_for_it()
    {
        var pupil = await _server.NewPupil();
        var stranger = await _server.NewEmployee(card => card.HomeBuildingId = Given.Club);

        foreach (var shown in new[] { pupil, stranger, new Pupil(_server.NewNumber()) })
            (await _server.Gates.AdmitManuallyAsync(Given.Admission(_server.NewId(), pupil, shown))).ShouldSatisfyAllConditions(
                answer => answer.Outcome.ShouldBe(Outcome.Refused), answer => answer.RefusalReason.ShouldBe(RefusalReason.EmployeeNotAllowed));

        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, Direction.Toggle))).Direction.ShouldBe(Direction.In);
    }

    [Fact]
    [Trait("Rule", "M12")]
    public async Task A_closed_account_is_not_admitted()
    {
        var (pupil, guard) = (await _server.NewPupil(), await _server.NewEmployee());
        (await _server.Office.CloseAccountAsync(new CloseAccountRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number })).Granted.ShouldNotBeNull();

        (await _server.Gates.AdmitManuallyAsync(Given.Admission(_server.NewId(), pupil, guard))).RefusalReason.ShouldBe(RefusalReason.AccountClosed);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_account_that_nobody_registered_is_not_found()
    {
        var status = await FaultOf.Call(
            async () => await _server.Gates.AdmitManuallyAsync(Given.Admission(_server.NewId(), new Pupil(_server.NewNumber()), await _server.NewEmployee())), StatusCode.NotFound);

        status.Message.ShouldContain("account_number");
    }
}
