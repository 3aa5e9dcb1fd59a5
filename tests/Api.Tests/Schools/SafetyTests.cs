using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using Zvonok.Schools.V1;
using BuildingMode = Zvonok.Feed.V1.BuildingMode;
using FactKind = Zvonok.Feed.V1.FactKind;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Schools;

[Collection(nameof(World))]
public sealed class SafetyTests(World world)
{
    /// <summary>Why no mode is changed and nobody is marked as found.</summary>
    public static readonly RefusalReason[] Reasons = [RefusalReason.EvacuationRuns, RefusalReason.NotInThatMode, RefusalReason.TooManyFound];

    private readonly Server _server = world.Server;

    [Fact]
    [Trait("Rule", "S1")]
    public async Task An_employee_evacuates_a_building_and_only_one_with_the_right_role_ends_it()
    {
        var (teacher, head, pupil) = (await Employee("teacher"), await Employee("head"), await _server.NewPupil(change: At));
        var start = GivenSafety.Evacuation(_server.NewId(), teacher);

        var started = await _server.Schools.StartEvacuationAsync(start);

        started.Granted.PassageNumber.ShouldBePositive();
        (await _server.Schools.StartEvacuationAsync(start)).ShouldBe(started);
        (await _server.Schools.GetBuildingAsync(new() { BuildingId = GivenSafety.School })).ShouldSatisfyAllConditions(
            building => building.Mode.ShouldBe(BuildingMode.Evacuation),
            building => building.ModeTime.ShouldBe(started.Granted.EventTime),
            building => building.EmployeeAccountNumber.ShouldBe(teacher.Number),
            building => building.Reason.ShouldBe(start.Reason));
        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), new Pupil(_server.NewNumber()), gate: GivenSafety.Gate))).Flag.ShouldBe(Flag.Evacuation);
        (await _server.Schools.StartLockdownAsync(GivenSafety.Lockdown(_server.NewId(), head))).Refused.Reason.ShouldBe(RefusalReason.EvacuationRuns);
        (await _server.Schools.EndEvacuationAsync(GivenSafety.EndEvacuation(_server.NewId(), teacher))).Refused.Reason.ShouldBe(RefusalReason.EmployeeNotAllowed);
        (await _server.Schools.EndEvacuationAsync(GivenSafety.EndEvacuation(_server.NewId(), pupil))).Refused.Reason.ShouldBe(RefusalReason.EmployeeNotAllowed);
        (await _server.Schools.EndEvacuationAsync(GivenSafety.EndEvacuation(_server.NewId(), head))).Granted.ShouldNotBeNull();
        (await _server.Schools.EndEvacuationAsync(GivenSafety.EndEvacuation(_server.NewId(), head))).Refused.Reason.ShouldBe(RefusalReason.NotInThatMode);
        (await _server.Schools.GetBuildingAsync(new() { BuildingId = GivenSafety.School })).Mode.ShouldBe(BuildingMode.Normal);
    }

    [Fact]
    [Trait("Rule", "S1")]
    [Trait("Rule", "N1")]
    public async Task A_fire_panel_starts_an_evacuation_and_neighbours_are_told_who_did_what_and_why()
    {
        var head = await Employee("head");
        using var reading = new Reading(_server, new WatchRequest { FromPosition = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition, Kinds = { FactKind.ModeChange } });
        var start = new StartEvacuationRequest { OperationId = _server.NewId(), BuildingId = GivenSafety.School, DeviceId = GivenSafety.Panel, Reason = "Detector 7" };
        var end = GivenSafety.EndEvacuation(_server.NewId(), head);

        var started = (await _server.Schools.StartEvacuationAsync(start)).Granted;
        (await _server.Schools.GetBuildingAsync(new() { BuildingId = GivenSafety.School })).ShouldSatisfyAllConditions(
            building => building.DeviceId.ShouldBe(GivenSafety.Panel), building => building.EmployeeAccountNumber.ShouldBe(0));
        var ended = (await _server.Schools.EndEvacuationAsync(end)).Granted;

        var facts = (await reading.Take(2)).ConvertAll(fact => fact.ModeChange);
        facts[0].ShouldBe(new ModeChange
        {
            BuildingId = GivenSafety.School, PassageNumber = started.PassageNumber, Mode = BuildingMode.Evacuation, OperationId = start.OperationId, DeviceId = GivenSafety.Panel, Reason = start.Reason,
        });
        facts[1].ShouldBe(new ModeChange
        {
            BuildingId = GivenSafety.School, PassageNumber = ended.PassageNumber, Mode = BuildingMode.Normal, OperationId = end.OperationId, EmployeeAccountNumber = head.Number, Reason = end.Reason,
        });
    }

    [Fact]
    [Trait("Rule", "S3")]
    public async Task During_a_lockdown_those_come_in_whose_roles_the_building_names_as_soon_as_they_are_named()
    {
        var (head, guard, teacher) = (await Employee("head"), await Employee("guard"), await Employee("teacher"));
        await _server.Schools.StartLockdownAsync(GivenSafety.Lockdown(_server.NewId(), teacher));

        (await Enter(guard)).Outcome.ShouldBe(Outcome.Admitted);
        (await Enter(teacher)).RefusalReason.ShouldBe(RefusalReason.Lockdown);
        (await _server.Import(Person(teacher, "guard teacher"))).ChangedCount.ShouldBe(1);
        (await Enter(teacher)).Outcome.ShouldBe(Outcome.Admitted);

        (await _server.Schools.EndLockdownAsync(GivenSafety.EndLockdown(_server.NewId(), head))).Granted.ShouldNotBeNull();
        (await Enter(head)).Outcome.ShouldBe(Outcome.Admitted);

        async Task<TapResponse> Enter(Pupil person) => await _server.Gates.TapAsync(Given.Tap(_server.NewId(), person, gate: GivenSafety.Gate));
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_building_or_a_panel_that_nobody_registered_is_not_found()
    {
        var head = await Employee("head");
        await FaultOf.Call(async () => await _server.Schools.GetBuildingAsync(new() { BuildingId = 404 }), StatusCode.NotFound);
        var start = GivenSafety.Evacuation(_server.NewId(), head);
        start.DeviceId = 404;
        await FaultOf.Call(async () => await _server.Schools.StartEvacuationAsync(start), StatusCode.NotFound);
    }

    private async Task<Pupil> Employee(string roles)
    {
        var employee = await _server.NewEmployee(At);
        await _server.Import(Person(employee, roles));
        return employee;
    }

    private static Row Person(Pupil person, string roles) =>
        new() { Account = new Account { AccountNumber = person.Number, Kind = Zvonok.Registry.V1.AccountKind.Employee, TimeZone = Given.Zone, Roles = { roles.Split(' ') } } };

    private static void At(Card card) => card.HomeBuildingId = GivenSafety.School;
}
