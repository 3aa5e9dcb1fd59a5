using Zvonok.Grains.Policies;

namespace Zvonok.Journal.Policies;

/// <summary>The policies of credit in their table; building 0 is the city.</summary>
internal sealed class CreditPolicyStore(Queries queries) : ICreditPolicies
{
    private const int City = 0;

    // A school that nobody registered adds no row.
    private const string Upsert = """
        insert into credit_policy (building, floor)
        select cast(@building as integer), cast(@floor as bigint) where @building = 0 or exists (select 1 from building where id = @building)
        on conflict (building) do update set floor = excluded.floor
        returning building
        """;

    public async Task<bool> Set(CreditPolicy policy) =>
        (await queries.Select(Upsert, ReadBuilding, ("building", KeyOf(policy.Building)), ("floor", policy.Floor.Kopecks))).Count > 0;

    public async Task<bool> Remove(BuildingId? building)
    {
        await queries.Select("delete from credit_policy where building = @building returning building", ReadBuilding, ("building", KeyOf(building)));
        return building is null || (await queries.Select("select id from building where id = @building", ReadBuilding, ("building", KeyOf(building)))).Count > 0;
    }

    public async Task<IReadOnlyList<CreditPolicy>> List(int from, int count) => await queries.Select(
        "select building, floor from credit_policy where building >= @from order by building limit @count",
        row => new CreditPolicy(ReadBuilding(row), new Money(row.GetInt64(1))), ("from", from), ("count", count));

    private static int KeyOf(BuildingId? building) => building?.Value ?? City;

    private static BuildingId? ReadBuilding(DbDataReader row) => row.GetInt32(0) is var building and not City ? new BuildingId(building) : null;
}
