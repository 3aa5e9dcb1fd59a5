namespace Zvonok.Journal.Sqlite;

/// <summary>
/// What makes the tables readable in the order of their transactions. There is one writer at a time, so each transaction takes the next
/// number of a counter, and what can be seen is complete up to it.
/// </summary>
internal static class SqliteFeedSchema
{
    /// <summary>The schema's second step. What is there already is put in the order in which it was recorded.</summary>
    public const string Step = """
        alter table entry add column tx integer not null default 0;
        alter table passage add column tx integer not null default 0;
        create table card_change (
            tx          integer not null,
            token       blob not null,
            kind        integer not null,
            state       integer not null,
            account     integer not null,
            home        integer not null,
            further     text,
            expires_at  integer,
            version     integer not null,
            changed_at  integer not null default (cast(unixepoch('subsec') * 1000 as integer)),
            primary key (tx, token)
        ) without rowid;

        create temporary table moment (recorded_at integer primary key, tx integer not null);
        insert into moment
            select recorded_at, row_number() over (order by recorded_at)
            from (select recorded_at from entry union select recorded_at from passage);
        update entry set tx = moment.tx from moment where moment.recorded_at = entry.recorded_at;
        update passage set tx = moment.tx from moment where moment.recorded_at = passage.recorded_at;
        insert into card_change (tx, token, kind, state, account, home, further, expires_at, version)
            select (select count(*) from moment) + 1 + row_number() over () / 1000, token, kind, state, account, home, further, expires_at, version from card;

        create index entry_tx on entry (tx);
        create index passage_tx on passage (tx);
        create table feed_clock (tx integer not null);
        insert into feed_clock select (select count(*) from moment) + (select count(*) from card) + 1;
        drop table moment;
        """;

    /// <summary>Takes the next number, within a transaction that writes.</summary>
    public const string NextTx = "update feed_clock set tx = tx + 1 returning tx";

    /// <summary>Everything with a smaller number has been committed.</summary>
    public const string Horizon = "select tx + 1 from feed_clock";
}
