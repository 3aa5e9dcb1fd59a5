namespace Zvonok.Journal.Sqlite;

/// <summary>Hard anti-passback, what gates report admissions by hand, and who brings and collects children: as <see cref="Postgres.PostgresPassingSchema"/> has them.</summary>
internal static class SqlitePassingSchema
{
    /// <summary>The schema's ninth step.</summary>
    public const string Step = """
        alter table building add column hard_anti_passback integer not null default 0;
        alter table passage add column annulled integer;
        alter table passage add column inside_since integer;
        alter table passage add column vouched_by integer;
        alter table passage add column vouch_reason text;
        alter table passage add column escort integer;
        create table pick_up (
            adult      integer not null,
            child      integer not null,
            first_day  integer,
            last_day   integer,
            is_deny    integer not null,
            brings     integer not null,
            collects   integer not null,
            primary key (adult, child, is_deny)
        ) without rowid;
        create index passage_annulment on passage (account, recorded_at) where kind = 3;
        """;
}
