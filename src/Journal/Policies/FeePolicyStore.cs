using Zvonok.Grains.Policies;

namespace Zvonok.Journal.Policies;

/// <summary>What fees cost, in their table; building 0 is the city.</summary>
internal sealed class FeePolicyStore(Queries queries) : IFeePolicies
{
    private const int City = 0;

    // A school that nobody registered adds no row.
    private const string Upsert = """
        insert into fee_policy (building, kind, amount)
        select cast(@building as integer), cast(@kind as smallint), cast(@amount as bigint) where @building = 0 or exists (select 1 from building where id = @building)
        on conflict (building, kind) do update set amount = excluded.amount
        returning building
        """;

    public async Task<bool> Set(FeePolicy policy) =>
        (await queries.Select(Upsert, row => row.GetInt32(0), ("building", KeyOf(policy.Building)), ("kind", (short)policy.Kind), ("amount", policy.Amount.Kopecks))).Count > 0;

    public async Task<bool> Remove(BuildingId? building, FeeKind kind)
    {
        await queries.Select("delete from fee_policy where building = @building and kind = @kind returning building", row => row.GetInt32(0), ("building", KeyOf(building)), ("kind", (short)kind));
        return building is null || (await queries.Select("select id from building where id = @building", row => row.GetInt32(0), ("building", KeyOf(building)))).Count > 0;
    }

    public async Task<Money> Find(BuildingId building, FeeKind kind) =>
        await queries.Select(
            "select amount from fee_policy where building in (0, @building) and kind = @kind order by building desc limit 1", row => new Money(row.GetInt64(0)),
            ("building", building.Value), ("kind", (short)kind)) is [var amount] ? amount : Money.Zero;

    public async Task<IReadOnlyList<FeePolicy>> List(int building, FeeKind kind, int count) => await queries.Select(
        "select building, kind, amount from fee_policy where (building, kind) >= (@building, @kind) order by building, kind limit @count",
        row => new FeePolicy(row.GetInt32(0) is var school and not City ? new BuildingId(school) : null, (FeeKind)row.GetInt16(1), new Money(row.GetInt64(2))),
        ("building", building), ("kind", (short)kind), ("count", count));

    private static int KeyOf(BuildingId? building) => building?.Value ?? City;
}
