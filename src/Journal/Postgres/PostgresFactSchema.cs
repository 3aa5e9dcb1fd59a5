namespace Zvonok.Journal.Postgres;

/// <summary>Facts that terminals upload (O3).</summary>
internal static class PostgresFactSchema
{
    /// <summary>A step of the schema: what a fact would have been refused for, one bit each; null for what was decided here.</summary>
    public const string Step = """
        alter table entry add column marks smallint;
        """;
}
