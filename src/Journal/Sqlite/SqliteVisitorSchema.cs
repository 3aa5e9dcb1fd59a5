namespace Zvonok.Journal.Sqlite;

/// <summary>Visitors: as <see cref="Postgres.PostgresVisitorSchema"/> has them.</summary>
internal static class SqliteVisitorSchema
{
    /// <summary>Its step of the schema.</summary>
    public static readonly string Step = $"""
        create table visit (
            visitor     integer primary key,
            building    integer not null,
            host        integer not null,
            token       blob not null,
            from_time   integer not null,
            until_time  integer not null,
            book_key    text not null
        );
        create index visit_building on visit (building, visitor);
        create table visitor_serial (last integer not null);
        insert into visitor_serial values ({Visit.SerialsAfter});
        """;
}
