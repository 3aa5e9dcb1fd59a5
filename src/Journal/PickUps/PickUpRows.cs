namespace Zvonok.Journal.PickUps;

/// <summary>The pick-up rights' table as rows and records.</summary>
internal static class PickUpRows
{
    public const string Columns = "adult, child, is_deny, brings, collects, first_day, last_day";

    /// <summary>What ends an insert of those columns: a right that is there already has new terms.</summary>
    public const string OnConflict = """
        on conflict (adult, child, is_deny) do update set brings = excluded.brings, collects = excluded.collects, first_day = excluded.first_day, last_day = excluded.last_day
        """;

    public static PickUpRight Read(JournalDatabase database, DbDataReader row) => new(
        AccountNumber.From(row.GetInt64(0)), AccountNumber.From(row.GetInt64(1)), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4),
        row.IsDBNull(5) ? null : database.ReadDate(row, 5), row.IsDBNull(6) ? null : database.ReadDate(row, 6));
}
