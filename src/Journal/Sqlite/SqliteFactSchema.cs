namespace Zvonok.Journal.Sqlite;

/// <summary>Facts that terminals upload: as <see cref="Postgres.PostgresFactSchema"/> has them.</summary>
internal static class SqliteFactSchema
{
    /// <summary>A step of the schema.</summary>
    public const string Step = """
        alter table entry add column marks integer;
        """;
}
