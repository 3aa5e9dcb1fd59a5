using Zvonok.Grains.Policies;

namespace Zvonok.Journal.Policies;

/// <summary>The policies of credit in their table.</summary>
internal sealed class CreditPolicyStore(Queries queries) : ICreditPolicies
{
    private readonly PolicyTable _table = new(queries, "credit_policy", "floor");

    public Task<bool> Set(CreditPolicy policy) => _table.Set(policy.Building, policy.Floor);

    public Task<bool> Remove(BuildingId? building) => _table.Remove(building);

    public Task<IReadOnlyList<CreditPolicy>> List(int from, int count) => _table.List(from, count, static (building, amount) => new CreditPolicy(building, amount));
}
