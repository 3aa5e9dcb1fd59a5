namespace Zvonok.Journal.Postgres;

/// <summary>What the city was told (S5).</summary>
internal static class PostgresCitySchema
{
    /// <summary>
    /// A step of the schema. <c>city_day</c> has the days that were told, <c>city_figure</c> what was told of each building of which something was (<see cref="City.CityFigureCodec"/>); what was not told is in neither. The
    /// block range index finds the passages of a day, as <c>entry_days</c> does the entries: it holds a line for each megabyte of them, and a tap does not sort anything into it.
    /// </summary>
    public const string Step = """
        create table city_day (
            kept_at  timestamptz not null,
            day      date primary key
        );
        create table city_figure (
            day       date not null,
            building  integer not null,
            figures   bytea not null,
            primary key (day, building)
        );
        create index passage_days on passage using brin (recorded_at) with (autosummarize = on);
        """;
}
