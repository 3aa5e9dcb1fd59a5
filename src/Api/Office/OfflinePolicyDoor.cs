using Zvonok.Api.Hosting;
using Zvonok.Api.Shapes;
using Zvonok.Grains.Lists;
using Zvonok.Office.V1;
using OfflinePolicy = Zvonok.Domain.Lists.OfflinePolicy;

namespace Zvonok.Api.Office;

/// <summary>How much tills may sell without a connection (O2).</summary>
internal sealed class OfflinePolicyDoor(IOfflinePolicies policies)
{
    private static readonly PageToken Pages = new('o');

    public async Task<SetOfflinePolicyResponse> Set(SetOfflinePolicyRequest request)
    {
        BuildingId? building = request.BuildingId == 0 ? null : new BuildingId(Check.Id(request.BuildingId, "building_id"));
        var isKnown = request.HasAllowanceKopecks
            ? await policies.Set(new OfflinePolicy(building, Check.Amount(request.AllowanceKopecks, "allowance_kopecks", min: 0)))
            : await policies.Remove(building);
        return isKnown ? new SetOfflinePolicyResponse() : throw new NotFoundException($"building_id: building {building} is not registered: import it first.");
    }

    public async Task<ListOfflinePoliciesResponse> List(ListOfflinePoliciesRequest request)
    {
        var size = Check.PageSize(request.PageSize);
        // One more than asked for is where the next page starts.
        var listed = await policies.List((int)Math.Min(Pages.Read(request.PageToken, first: 0), int.MaxValue), size + 1);
        var response = new ListOfflinePoliciesResponse
        {
            Policies = { listed.Take(size).Select(policy => new Zvonok.Office.V1.OfflinePolicy { BuildingId = policy.Building?.Value ?? 0, AllowanceKopecks = policy.Allowance.Kopecks }) },
        };
        if (listed.Count > size) response.NextPageToken = Pages.Write(listed[size].Building!.Value.Value);
        return response;
    }
}
