namespace Zvonok.Journal.Sqlite;

/// <summary>The log of cards and open replacements: as <see cref="Postgres.PostgresCardSchema"/> has them.</summary>
internal static class SqliteCardSchema
{
    /// <summary>The schema's eighth step.</summary>
    public const string Step = """
        alter table card add column is_cloned integer not null default 0;
        alter table card_change add column is_cloned integer not null default 0;
        create index card_account on card (account);
        create table card_event (
            token        blob not null,
            version      integer not null,
            operation    blob not null,
            part         integer not null,
            fingerprint  integer not null,
            event        integer not null,
            account      integer not null,
            kind         integer not null,
            state        integer not null,
            expires_at   integer,
            is_cloned    integer not null,
            at           integer not null,
            building     integer not null,
            employee     integer,
            device       integer not null,
            reason       text not null,
            home         integer not null,
            other        blob,
            fee          integer,
            refusal      integer not null,
            primary key (token, version),
            unique (operation, part)
        ) without rowid;
        create index card_event_found on card_event (home, token) where event = 7 and building <> home;
        create table card_replacement (
            operation  blob primary key,
            token      blob not null,
            successor  blob not null,
            account    integer not null,
            fee        integer,
            provider   integer,
            reference  text,
            at         integer not null
        ) without rowid;
        """;
}
