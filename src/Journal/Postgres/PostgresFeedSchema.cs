namespace Zvonok.Journal.Postgres;

/// <summary>
/// What makes the tables readable in the order of their transactions (docs/decisions/0006-feed-order.md). Every fact carries
/// <c>tx</c>: the id of the transaction that wrote it, plus a shift.
/// </summary>
/// <remarks>
/// The id alone would do as long as the data stay where they are. Restored into another cluster, or to an earlier time, they meet a
/// counter that runs once more through ids that are in the data or in some reader's position already. So the data remember whose
/// history they are part of, and when it has become another one, all further numbers begin higher than any before.
/// </remarks>
internal static class PostgresFeedSchema
{
    /// <summary>The schema's second step. What is there already is put in the order in which it was recorded.</summary>
    public const string Step = $$"""
        alter table entry add column tx bigint;
        alter table passage add column tx bigint;
        create table card_change (
            tx          bigint not null,
            changed_at  timestamptz not null default date_trunc('milliseconds', now()),
            token       uuid not null,
            account     bigint not null,
            version     bigint not null,
            expires_at  timestamptz,
            home        integer not null,
            kind        smallint not null,
            state       smallint not null,
            further     text
        );

        create temporary table moment on commit drop as
            select recorded_at, row_number() over (order by recorded_at) as tx
            from (select recorded_at from entry union select recorded_at from passage) as recorded;
        update entry set tx = moment.tx from moment where moment.recorded_at = entry.recorded_at;
        update passage set tx = moment.tx from moment where moment.recorded_at = passage.recorded_at;
        insert into card_change (tx, token, account, version, expires_at, home, kind, state, further)
            select (select count(*) from moment) + 1 + row_number() over () / 1000, token, account, version, expires_at, home, kind, state, further from card;

        alter table entry alter column tx set not null;
        alter table passage alter column tx set not null;
        create index entry_tx on entry (tx);
        create index passage_tx on passage (tx);
        create index card_change_tx on card_change (tx);

        create table feed_clock (
            shift    bigint not null,
            history  text not null
        );
        insert into feed_clock (shift, history) select (select count(*) from moment) + (select count(*) from card) + 1, {{History}};
        create function shift_feed(shift bigint) returns void language plpgsql as $$
        declare
            relation text;
        begin
            foreach relation in array array['entry', 'passage', 'card_change'] loop
                execute format('alter table %I alter column tx set default (pg_current_xact_id()::text::bigint + %s)', relation, shift);
            end loop;
        end $$;
        select shift_feed(shift) from feed_clock;
        """;

    /// <summary>
    /// Begins a new range of numbers when the data have become part of another history, and then returns the new shift. Whoever wrote by
    /// the old one is waited for, since the tables are locked; whoever comes later writes by the new one.
    /// </summary>
    public const string KeepAhead = $"""
        update feed_clock set shift = ((shift >> {RangeBits}) + 1) << {RangeBits}, history = {History} where history <> {History} returning shift
        """;

    /// <summary>Everything with a smaller number has been committed, or never will be.</summary>
    public const string Horizon = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + shift from feed_clock";

    // No counter of transactions ever gets that far: 2^48 at 10,000 a second are 890 years. 2^15 restores fit.
    private const string RangeBits = "48";

    // The cluster, and how often it was restored or failed over (its timeline).
    private const string History = "(select system_identifier from pg_control_system()) || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)";
}
