namespace Zvonok.Journal.Policies;

/// <summary>A table that has one amount for each school that was given one, and for the city, which is building 0.</summary>
/// <param name="queries">Where it is.</param>
/// <param name="table">Its name.</param>
/// <param name="column">The amount's column.</param>
internal sealed class PolicyTable(Queries queries, string table, string column)
{
    private const int City = 0;

    // A school that nobody registered adds no row.
    private readonly string _upsert = $"""
        insert into {table} (building, {column})
        select cast(@building as integer), cast(@amount as bigint) where @building = 0 or exists (select 1 from building where id = @building)
        on conflict (building) do update set {column} = excluded.{column}
        returning building
        """;

    /// <summary>False for a school that nobody registered.</summary>
    public async Task<bool> Set(BuildingId? building, Money amount) =>
        (await queries.Select(_upsert, ReadBuilding, ("building", KeyOf(building)), ("amount", amount.Kopecks))).Count > 0;

    /// <summary>False for a school that nobody registered.</summary>
    public async Task<bool> Remove(BuildingId? building)
    {
        await queries.Select($"delete from {table} where building = @building returning building", ReadBuilding, ("building", KeyOf(building)));
        return building is null || (await queries.Select("select id from building where id = @building", ReadBuilding, ("building", KeyOf(building)))).Count > 0;
    }

    /// <summary>By building, the city first.</summary>
    public async Task<IReadOnlyList<T>> List<T>(int from, int count, Func<BuildingId?, Money, T> make) => await queries.Select(
        $"select building, {column} from {table} where building >= @from order by building limit @count",
        row => make(ReadBuilding(row), new Money(row.GetInt64(1))), ("from", from), ("count", count));

    private static int KeyOf(BuildingId? building) => building?.Value ?? City;

    private static BuildingId? ReadBuilding(DbDataReader row) => row.GetInt32(0) is var building and not City ? new BuildingId(building) : null;
}
