using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;

namespace Zvonok.Journal.Policies;

/// <summary>How much tills may sell without a connection, in its table.</summary>
internal sealed class OfflinePolicyStore(Queries queries) : IOfflinePolicies
{
    private readonly PolicyTable _table = new(queries, "offline_policy", "allowance");

    public Task<bool> Set(OfflinePolicy policy) => _table.Set(policy.Building, policy.Allowance);

    public Task<bool> Remove(BuildingId? building) => _table.Remove(building);

    public Task<IReadOnlyList<OfflinePolicy>> List(int from, int count) => _table.List(from, count, static (building, amount) => new OfflinePolicy(building, amount));
}
