using Zvonok.Api.Tests.Schools;
using Zvonok.Api.Tests.Servers;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>A bad field of what is asked of a building's safety is named, and nothing is done.</summary>
[Collection(nameof(World))]
[Trait("Rule", "D2")]
public sealed class BadSafetyFieldTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<string, string> Evacuations => BadFields.Cases(BadFields.StartEvacuation);

    public static TheoryData<string, string> EvacuationEnds => BadFields.Cases(BadFields.EndEvacuation);

    public static TheoryData<string, string> Lockdowns => BadFields.Cases(BadFields.StartLockdown);

    public static TheoryData<string, string> LockdownEnds => BadFields.Cases(BadFields.EndLockdown);

    public static TheoryData<string, string> Buildings => BadFields.Cases(BadFields.GetBuilding);

    public static TheoryData<string, string> RollCalls => BadFields.Cases(BadFields.GetRollCall);

    public static TheoryData<string, string> Exports => BadFields.Cases(BadFields.ExportRollCall);

    public static TheoryData<string, string> Marks => BadFields.Cases(BadFields.MarkFound);

    public static TheoryData<string, string> Alarms => BadFields.Cases(BadFields.ListAlarms);

    public static TheoryData<string, string> Acknowledgements => BadFields.Cases(BadFields.AcknowledgeAlarm);

    [Theory, MemberData(nameof(Evacuations))]
    public async Task Of_an_evacuation(string field, string wrong) =>
        await Check(BadFields.StartEvacuation, field, wrong, who => GivenSafety.Evacuation(_server.NewId(), who), async request => await _server.Schools.StartEvacuationAsync(request));

    [Theory, MemberData(nameof(EvacuationEnds))]
    public async Task Of_the_end_of_an_evacuation(string field, string wrong) =>
        await Check(BadFields.EndEvacuation, field, wrong, who => GivenSafety.EndEvacuation(_server.NewId(), who), async request => await _server.Schools.EndEvacuationAsync(request));

    [Theory, MemberData(nameof(Lockdowns))]
    public async Task Of_a_lockdown(string field, string wrong) =>
        await Check(BadFields.StartLockdown, field, wrong, who => GivenSafety.Lockdown(_server.NewId(), who), async request => await _server.Schools.StartLockdownAsync(request));

    [Theory, MemberData(nameof(LockdownEnds))]
    public async Task Of_the_end_of_a_lockdown(string field, string wrong) =>
        await Check(BadFields.EndLockdown, field, wrong, who => GivenSafety.EndLockdown(_server.NewId(), who), async request => await _server.Schools.EndLockdownAsync(request));

    [Theory, MemberData(nameof(Buildings))]
    public async Task Of_a_query_for_a_building(string field, string wrong) =>
        await Check(BadFields.GetBuilding, field, wrong, _ => new GetBuildingRequest { BuildingId = GivenSafety.School }, async request => await _server.Schools.GetBuildingAsync(request));

    [Theory, MemberData(nameof(RollCalls))]
    public async Task Of_a_roll_call(string field, string wrong) => await Check(
        BadFields.GetRollCall, field, wrong, _ => new GetRollCallRequest { BuildingId = GivenSafety.School },
        async request => await _server.Schools.GetRollCall(request).ResponseStream.MoveNext(CancellationToken.None));

    [Theory, MemberData(nameof(Exports))]
    public async Task Of_an_export(string field, string wrong) => await Check(
        BadFields.ExportRollCall, field, wrong, _ => GivenSafety.Export(), async request => await _server.Schools.ExportRollCall(request).ResponseStream.MoveNext(CancellationToken.None));

    [Theory, MemberData(nameof(Marks))]
    public async Task Of_a_found_mark(string field, string wrong) =>
        await Check(BadFields.MarkFound, field, wrong, who => GivenSafety.Found(_server.NewId(), who, who), async request => await _server.Schools.MarkFoundAsync(request));

    [Theory, MemberData(nameof(Alarms))]
    public async Task Of_a_query_for_alarms(string field, string wrong) =>
        await Check(BadFields.ListAlarms, field, wrong, _ => new ListAlarmsRequest(), async request => await _server.Schools.ListAlarmsAsync(request));

    [Theory, MemberData(nameof(Acknowledgements))]
    public async Task Of_an_acknowledgement(string field, string wrong) =>
        await Check(BadFields.AcknowledgeAlarm, field, wrong, who => GivenSafety.Acknowledge(who, 1), async request => await _server.Schools.AcknowledgeAlarmAsync(request));

    private async Task Check<T>(BadField<T>[] table, string field, string wrong, Func<Pupil, T> good, Func<T, Task> call)
    {
        var request = good(await _server.NewEmployee(card => card.HomeBuildingId = GivenSafety.School));
        table.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(request, _server);

        await FaultOf.Names(field, () => call(request));

        (await _server.Schools.GetBuildingAsync(new() { BuildingId = GivenSafety.School })).Mode.ShouldBe(Zvonok.Feed.V1.BuildingMode.Normal);
    }
}
