namespace Zvonok.Journal.Postgres;

/// <summary>Presence by the time of the event (O3).</summary>
internal static class PostgresPresenceSchema
{
    /// <summary>
    /// A step of the schema. Of a report: since when the person is outside without the passage that it annuls, by which operation they are where they are, and the operation of a passage that had not come yet; null for
    /// nearly all. Of a checkpoint what everybody did last, and which passage it counts in last.
    /// </summary>
    public const string Step = """
        alter table passage add column outside_since timestamptz;
        alter table passage add column last_operation uuid;
        alter table passage add column awaited uuid;
        alter table presence_checkpoint add column people bytea;
        """;
}
