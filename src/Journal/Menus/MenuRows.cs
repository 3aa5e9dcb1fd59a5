using Zvonok.Domain.Menus;

namespace Zvonok.Journal.Menus;

/// <summary>The menus' table as rows and records.</summary>
internal static class MenuRows
{
    public const string Columns = "building, day, seller, meal, code, name, category, price, allergens, order_until, is_kept";

    /// <summary>What ends an insert of those columns: an item that is there already has new terms.</summary>
    public const string OnConflict = """
        on conflict (building, day, seller, meal, code) do update set name = excluded.name, category = excluded.category, price = excluded.price,
            allergens = excluded.allergens, order_until = excluded.order_until, is_kept = excluded.is_kept
        """;

    public static MenuItem Read(JournalDatabase database, DbDataReader row) => new(
        new BuildingId(row.GetInt32(0)),
        database.ReadDate(row, 1),
        ContraAccount.FromCode(row.GetInt64(2)),
        (MealKind)row.GetInt16(3),
        new SaleLine(row.GetString(4), (ProductCategory)row.GetInt16(6), 1, new Money(row.GetInt64(7)), (Allergens)row.GetInt32(8)),
        row.GetString(5),
        database.ReadInstant(row, 9),
        row.GetBoolean(10));

    /// <summary>The days as a list of parameters for <c>in</c>, and the parameters.</summary>
    public static (string Places, (string Name, object Value)[] Parameters) Days(JournalDatabase database, IEnumerable<LocalDate> days)
    {
        (string Name, object Value)[] parameters = [.. days.Distinct().Select((day, i) => ($"day{i}", database.ToDb(day)))];
        return (string.Join(", ", parameters.Select(parameter => $"@{parameter.Name}")), parameters);
    }
}
