namespace Zvonok.Journal.Sqlite;

/// <summary>Which devices are connected, and fire inputs that are on: as <see cref="Postgres.PostgresConnectionSchema"/> has them.</summary>
internal static class SqliteConnectionSchema
{
    /// <summary>The schema's next step.</summary>
    public const string Step = """
        create table device_hub (
            id       blob primary key,
            seen_at  integer not null
        ) without rowid;
        create table device_link (
            device     integer primary key,
            hub        blob not null,
            since      integer not null,
            gone_at    integer,
            turns      integer not null,
            turned_at  integer not null
        );
        create table fire_input (
            gate      integer primary key,
            on_since  integer not null
        );
        """;
}
