namespace Zvonok.Journal.Sqlite;

/// <summary>Presence by the time of the event: as <see cref="Postgres.PostgresPresenceSchema"/> has it.</summary>
internal static class SqlitePresenceSchema
{
    /// <summary>A step of the schema.</summary>
    public const string Step = """
        alter table passage add column outside_since integer;
        alter table passage add column last_operation blob;
        alter table passage add column awaited blob;
        alter table presence_checkpoint add column people blob;
        """;
}
