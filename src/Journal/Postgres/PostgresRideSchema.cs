namespace Zvonok.Journal.Postgres;

/// <summary>Rides and their limit (M10).</summary>
internal static class PostgresRideSchema
{
    /// <summary>The schema's ninth step: the limit of a day's rides, which held when, and what is spent on rides on an entry's day of spending; null for none.</summary>
    public const string Step = """
        alter table account add column ride_limit bigint;
        alter table limit_change add column rides bigint;
        alter table entry add column rides_spent_after bigint;
        """;
}
