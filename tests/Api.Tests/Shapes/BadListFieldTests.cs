using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Servers;
using Zvonok.Domain.Lists;
using Zvonok.Office.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>As <see cref="BadFieldTests"/>, for lists and what tills may sell by them.</summary>
[Collection(nameof(World))]
[Trait("Rule", "D2")]
public sealed class BadListFieldTests(World world)
{
    private readonly Server _server = world.Server;

    private uint KeyId => _server.Services.GetRequiredService<ListKeys>().Newest.Id;

    [Fact]
    public Task Each_bad_field_of_a_gates_question_is_named() => Check(
        BadFields.FetchGateList, () => new Zvonok.Gate.V1.FetchListRequest { DeviceId = Given.Gate, KeyId = KeyId }, async request => await _server.Gates.FetchListAsync(request));

    [Fact]
    public Task Each_bad_field_of_a_tills_question_is_named() => Check(
        BadFields.FetchTillList, () => new Zvonok.Till.V1.FetchListRequest { DeviceId = Given.Till, KeyId = KeyId }, async request => await _server.Tills.FetchListAsync(request));

    [Fact]
    public async Task Each_bad_field_of_a_policy_is_named()
    {
        await Check(BadFields.SetOfflinePolicy, () => new SetOfflinePolicyRequest { BuildingId = Given.Club, AllowanceKopecks = 1 }, async request => await _server.Office.SetOfflinePolicyAsync(request));
        (await _server.Office.ListOfflinePoliciesAsync(new ListOfflinePoliciesRequest())).Policies.ShouldNotContain(policy => policy.BuildingId == Given.Club);
    }

    [Fact]
    public Task Each_bad_field_of_a_query_for_policies_is_named() => Check(
        BadFields.ListOfflinePolicies, () => new ListOfflinePoliciesRequest(), async request => await _server.Office.ListOfflinePoliciesAsync(request));

    private async Task Check<T>(BadField<T>[] table, Func<T> good, Func<T, Task> call)
    {
        foreach (var bad in table)
        {
            var request = good();
            bad.Spoil(request, _server);

            var status = await FaultOf.Call(() => call(request), StatusCode.InvalidArgument);

            var violation = FaultOf.FieldOf(status);
            violation.Field.ShouldBe(bad.Field, bad.Wrong);
            violation.Description.ShouldMatch("should be .+|: .+", "What to do instead has to be said.");
            status.Message.ShouldStartWith(bad.Field);
        }
    }
}
