namespace Zvonok.Journal.Sqlite;

/// <summary>What families stop, and what was sold all the same (M3): as <see cref="Postgres.PostgresStopSchema"/> has it.</summary>
internal static class SqliteStopSchema
{
    /// <summary>The schema's seventh step.</summary>
    public const string Step = """
        alter table account add column stop_list text;
        alter table limit_change add column stop_list text;
        alter table entry add column stop_override text;
        """;
}
