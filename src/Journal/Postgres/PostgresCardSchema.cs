namespace Zvonok.Journal.Postgres;

/// <summary>What the responsible employee does with cards (C2–C5, C8).</summary>
internal static class PostgresCardSchema
{
    /// <summary>
    /// The schema's eighth step. <c>card_event</c> is the log: a line for each version of a card that a command made, with the card afterwards, who asked, where and why; a device
    /// is 0 when an employee asked. One operation writes a line a card, and is found by its id for ever. <c>card_replacement</c> has the replacements of which something may be left to do.
    /// An account's cards are found by their account; found cards by the school to which they belong.
    /// </summary>
    public const string Step = """
        alter table card add column is_cloned boolean not null default false;
        alter table card_change add column is_cloned boolean not null default false;
        create index card_account on card (account);
        create table card_event (
            token        uuid not null,
            operation    uuid not null,
            other        uuid,
            version      bigint not null,
            fingerprint  bigint not null,
            account      bigint not null,
            employee     bigint,
            fee          bigint,
            at           timestamptz not null,
            expires_at   timestamptz,
            building     integer not null,
            device       integer not null,
            home         integer not null,
            part         smallint not null,
            event        smallint not null,
            kind         smallint not null,
            state        smallint not null,
            refusal      smallint not null,
            is_cloned    boolean not null,
            reason       text not null,
            primary key (token, version),
            unique (operation, part)
        );
        create index card_event_found on card_event (home, token) where event = 7 and building <> home;
        create table card_replacement (
            operation  uuid primary key,
            token      uuid not null,
            successor  uuid not null,
            account    bigint not null,
            fee        bigint,
            at         timestamptz not null,
            provider   integer,
            reference  text
        );
        """;
}
