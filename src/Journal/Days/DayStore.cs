using Zvonok.Grains.Days;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Days;

/// <summary>The closed days in their table, and the open orders that are due.</summary>
internal sealed class DayStore(JournalDatabase database, Queries queries) : IDayLog
{
    public async Task<IReadOnlyList<BuildingDays>> List() => await queries.Select(
        "select id, zone, (select max(day) from day_close where day_close.building = building.id) from building order by id",
        row => new BuildingDays(new BuildingId(row.GetInt32(0)), row.GetString(1), row.IsDBNull(2) ? null : database.ReadDate(row, 2)));

    public async Task<IReadOnlyList<AccountOrder>> ListOrders(BuildingId building, LocalDate until, int count) => await queries.Select(
        $"select {Rows.Order} from preorder where building = @building and day <= @until order by day, account, seq limit @count",
        row => Rows.ReadOrder(database, row), ("building", building.Value), ("until", database.ToDb(until)), ("count", count));

    public Task Close(BuildingId building, LocalDate day, Instant at) => queries.Select(
        "insert into day_close (building, day, closed_at) values (@building, @day, @at) on conflict (building, day) do nothing returning building",
        row => row.GetInt32(0), ("building", building.Value), ("day", database.ToDb(day)), ("at", database.ToDb(at)));
}
