namespace Zvonok.Journal.Sqlite;

/// <summary>Rides and their limit (M10): as <see cref="Postgres.PostgresRideSchema"/> has them.</summary>
internal static class SqliteRideSchema
{
    /// <summary>The schema's ninth step.</summary>
    public const string Step = """
        alter table account add column ride_limit integer;
        alter table limit_change add column rides integer;
        alter table entry add column rides_spent_after integer;
        """;
}
