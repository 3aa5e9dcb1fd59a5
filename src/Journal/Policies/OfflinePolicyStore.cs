using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;

namespace Zvonok.Journal.Policies;

/// <summary>How much tills may sell without a connection, in its table; building 0 is the city.</summary>
internal sealed class OfflinePolicyStore(Queries queries) : IOfflinePolicies
{
    private const int City = 0;

    // A school that nobody registered adds no row.
    private const string Upsert = """
        insert into offline_policy (building, allowance)
        select cast(@building as integer), cast(@allowance as bigint) where @building = 0 or exists (select 1 from building where id = @building)
        on conflict (building) do update set allowance = excluded.allowance
        returning building
        """;

    public async Task<bool> Set(OfflinePolicy policy) =>
        (await queries.Select(Upsert, row => row.GetInt32(0), ("building", KeyOf(policy.Building)), ("allowance", policy.Allowance.Kopecks))).Count > 0;

    public async Task<bool> Remove(BuildingId? building)
    {
        await queries.Select("delete from offline_policy where building = @building returning building", row => row.GetInt32(0), ("building", KeyOf(building)));
        return building is null || (await queries.Select("select id from building where id = @building", row => row.GetInt32(0), ("building", KeyOf(building)))).Count > 0;
    }

    public async Task<IReadOnlyList<OfflinePolicy>> List(int from, int count) => await queries.Select(
        "select building, allowance from offline_policy where building >= @from order by building limit @count",
        row => new OfflinePolicy(row.GetInt32(0) is var building and not City ? new BuildingId(building) : null, new Money(row.GetInt64(1))), ("from", from), ("count", count));

    private static int KeyOf(BuildingId? building) => building?.Value ?? City;
}
