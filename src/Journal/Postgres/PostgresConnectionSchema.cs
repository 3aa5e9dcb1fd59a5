namespace Zvonok.Journal.Postgres;

/// <summary>Which devices are connected, as far as it must outlive silos (S4), and fire inputs that are on (S1).</summary>
internal static class PostgresConnectionSchema
{
    /// <summary>
    /// The schema's next step. <c>device_hub</c> has a row for each silo's process, and when it said last that it lives; <c>device_link</c> one for each device that has ever said hello: its latest stream,
    /// and how often the building was told that it has fallen silent or is back; <c>fire_input</c> one for each gate whose input is on.
    /// </summary>
    public const string Step = """
        create table device_hub (
            id       uuid primary key,
            seen_at  timestamptz not null
        );
        create table device_link (
            since      timestamptz not null,
            gone_at    timestamptz,
            turned_at  timestamptz not null,
            hub        uuid not null,
            device     integer primary key,
            turns      integer not null
        );
        create table fire_input (
            gate      integer primary key,
            on_since  timestamptz not null
        );
        """;
}
