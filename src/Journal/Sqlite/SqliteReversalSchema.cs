namespace Zvonok.Journal.Sqlite;

/// <summary>Sales that are taken back in part (M8): as <see cref="Postgres.PostgresReversalSchema"/> has it.</summary>
internal static class SqliteReversalSchema
{
    /// <summary>The schema's eighth step.</summary>
    public const string Step = "alter table entry add column reversed_lines integer";
}
