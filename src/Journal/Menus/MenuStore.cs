using Zvonok.Domain.Menus;
using Zvonok.Grains.Menus;

namespace Zvonok.Journal.Menus;

/// <summary>The menus in their table.</summary>
internal sealed class MenuStore(JournalDatabase database, Queries queries) : IMenus
{
    private const string Insert =
        $"""
        insert into menu_item ({MenuRows.Columns})
        values (@building, @day, @seller, @meal, @code, @name, @category, @price, @allergens, @order_until, @is_kept)
        {MenuRows.OnConflict}
        """;

    public Task<bool> Replace(BuildingId building, LocalDate day, ContraAccount seller, IReadOnlyList<MenuItem> items) =>
        queries.Change(async (transaction, deadline) =>
        {
            // Of two that replace one menu the later comes after the earlier, or something of both would stay.
            if (!await Lock(transaction, building, deadline)) return (false, false);
            await Execute(
                transaction, "delete from menu_item where building = @building and day = @day and seller = @seller", deadline,
                ("building", building.Value), ("day", database.ToDb(day)), ("seller", seller.Code));
            foreach (var item in items) await Execute(transaction, Insert, deadline, Values(item));
            return (true, true);
        });

    public async Task<IReadOnlyList<MenuItem>> List(BuildingId building, LocalDate first, LocalDate last, int count) => await queries.Select(
        $"select {MenuRows.Columns} from menu_item where building = @building and day between @first and @last order by day, meal, seller, code limit @count", Read,
        ("building", building.Value), ("first", database.ToDb(first)), ("last", database.ToDb(last)), ("count", count));

    public async Task<IReadOnlyList<MenuItem>> Find(BuildingId building, IReadOnlyCollection<LocalDate> days)
    {
        if (days.Count == 0) return [];
        var (places, parameters) = MenuRows.Days(database, days);
        return await queries.Select(
            $"select {MenuRows.Columns} from menu_item where building = @building and day in ({places})", Read, [("building", building.Value), .. parameters]);
    }

    private async Task<bool> Lock(DbTransaction transaction, BuildingId building, CancellationToken deadline) =>
        (await queries.Select(
            transaction, $"select id from building where id = @building {database.RowLock}", _ => { }, row => row.GetInt32(0), deadline, ("building", building.Value))).Count > 0;

    private Task<List<bool>> Execute(DbTransaction transaction, string sql, CancellationToken deadline, params (string, object)[] parameters) =>
        queries.Select(transaction, sql, _ => { }, _ => true, deadline, parameters);

    private MenuItem Read(DbDataReader row) => MenuRows.Read(database, row);

    private (string, object)[] Values(MenuItem item) =>
    [
        ("building", item.Building.Value),
        ("day", database.ToDb(item.Day)),
        ("seller", item.Seller.Code),
        ("meal", (short)item.Meal),
        ("code", item.Product.ProductCode),
        ("name", item.Name),
        ("category", (short)item.Product.Category),
        ("price", item.Product.UnitPrice.Kopecks),
        ("allergens", (int)item.Product.Allergens),
        ("order_until", database.ToDb(item.OrderUntil)),
        ("is_kept", item.IsKept),
    ];
}
