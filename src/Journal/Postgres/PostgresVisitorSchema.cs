namespace Zvonok.Journal.Postgres;

/// <summary>Visitors (P7): who saw whom, and the numbers of their accounts, which the core makes itself.</summary>
internal static class PostgresVisitorSchema
{
    /// <summary>A number is taken before it is known whether it is used: gaps mean nothing.</summary>
    public static readonly string Step = $"""
        create table visit (
            visitor     bigint primary key,
            host        bigint not null,
            from_time   timestamptz not null,
            until_time  timestamptz not null,
            token       uuid not null,
            building    integer not null,
            book_key    text not null
        );
        create index visit_building on visit (building, visitor);
        create table visitor_serial (last bigint not null);
        insert into visitor_serial values ({Visit.SerialsAfter});
        """;
}
