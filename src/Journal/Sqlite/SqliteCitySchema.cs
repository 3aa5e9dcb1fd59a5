namespace Zvonok.Journal.Sqlite;

/// <summary>What the city was told: as <see cref="Postgres.PostgresCitySchema"/> has it.</summary>
internal static class SqliteCitySchema
{
    /// <summary>Its step of the schema.</summary>
    public const string Step = """
        create table city_day (
            day      integer primary key,
            kept_at  integer not null
        );
        create table city_figure (
            day       integer not null,
            building  integer not null,
            figures   blob not null,
            primary key (day, building)
        ) without rowid;
        """;
}
