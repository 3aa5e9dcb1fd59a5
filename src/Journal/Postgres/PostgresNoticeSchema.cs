namespace Zvonok.Journal.Postgres;

/// <summary>Who wants to be told of what, how far each partition has told it, and what has become of every notice.</summary>
internal static class PostgresNoticeSchema
{
    /// <summary>The schema's fourth step.</summary>
    public const string Step = """
        create table subscription (
            account      bigint not null,
            receiver     uuid not null,
            since        bigint not null,
            low_balance  bigint not null,
            kinds        integer not null,
            partition    smallint not null,
            channel      smallint not null,
            language     smallint not null,
            guardian     text not null,
            address      text not null,
            child_name   text,
            primary key (account, receiver)
        );

        create table notice_place (
            position       bigint,
            subscriptions  bigint not null,
            partition      smallint primary key
        );
        insert into notice_place (partition, subscriptions) select generate_series(0, 63), 0;

        create table notice (
            fact_id      bigint not null,
            fact_seq     bigint not null,
            receiver     uuid not null,
            at           timestamptz not null,
            tries        integer not null,
            partition    smallint not null,
            fact_stream  smallint not null,
            kind         smallint not null,
            state        smallint not null,
            content      text,
            trouble      text,
            primary key (fact_stream, fact_id, fact_seq, kind, receiver)
        );
        create index notice_due on notice (partition, at) where state = 1;
        create index notice_dead on notice (at) where state = 3;
        """;
}
