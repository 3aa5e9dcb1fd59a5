namespace Zvonok.Journal.Sqlite;

/// <summary>Who settled a class (M7): as <see cref="Postgres.PostgresSettlementSchema"/> has it.</summary>
internal static class SqliteSettlementSchema
{
    /// <summary>The schema's eleventh step.</summary>
    public const string Step = "alter table entry add column settled_by integer";
}
