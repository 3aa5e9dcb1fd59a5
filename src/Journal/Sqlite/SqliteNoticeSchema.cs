namespace Zvonok.Journal.Sqlite;

/// <summary>Who wants to be told of what, how far each partition has told it, and what has become of every notice.</summary>
internal static class SqliteNoticeSchema
{
    /// <summary>The schema's fourth step.</summary>
    public const string Step = """
        create table subscription (
            account      integer not null,
            receiver     blob not null,
            partition    integer not null,
            since        integer not null,
            kinds        integer not null,
            low_balance  integer not null,
            channel      integer not null,
            language     integer not null,
            guardian     text not null,
            address      text not null,
            child_name   text,
            primary key (account, receiver)
        ) without rowid;

        create table notice_place (
            partition      integer primary key,
            position       integer,
            subscriptions  integer not null
        );
        insert into notice_place (partition, subscriptions)
            with recursive number (n) as (select 0 union all select n + 1 from number where n < 63) select n, 0 from number;

        create table notice (
            fact_stream  integer not null,
            fact_id      integer not null,
            fact_seq     integer not null,
            kind         integer not null,
            receiver     blob not null,
            partition    integer not null,
            state        integer not null,
            tries        integer not null,
            at           integer not null,
            content      text,
            trouble      text,
            primary key (fact_stream, fact_id, fact_seq, kind, receiver)
        ) without rowid;
        create index notice_due on notice (partition, at) where state = 1;
        create index notice_dead on notice (at) where state = 3;
        """;
}
