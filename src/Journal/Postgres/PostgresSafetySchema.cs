namespace Zvonok.Journal.Postgres;

/// <summary>Named roles (S1, S3), groups (S2), and what brings back a building's mode.</summary>
internal static class PostgresSafetySchema
{
    /// <summary>
    /// Of a building the roles that come in during a lockdown and those that may end one; of an account its group and its roles; each null for nearly all; of a checkpoint what a roll call tells of those inside. Changes of mode and found marks are
    /// few and wanted when a building wakes up: the index holds these alone, and no tap knows of it. <c>passage_alarm</c> has those among which alarms are (S4),
    /// in the order of the feed; <c>alarm</c> has each alarm once, and <c>alarm_place</c> up to where in the feed they are raised.
    /// </summary>
    public const string Step = """
        alter table building add column lockdown_roles text;
        alter table building add column safety_roles text;
        alter table account add column group_key text;
        alter table account add column roles text;
        alter table presence_checkpoint add column roll_call bytea;
        create index passage_safety on passage (building, seq) where kind in (2, 11);
        create index passage_alarm on passage (tx) where kind in (2, 4, 5, 6, 9);
        create table alarm (
            seq              bigint not null,
            vouched_by       bigint,
            event_at         timestamptz not null,
            recorded_at      timestamptz not null,
            next_at          timestamptz not null,
            received_at      timestamptz,
            acknowledged_at  timestamptz,
            acknowledged_by  bigint,
            building         integer not null,
            device           integer not null,
            tries            integer not null,
            kind             smallint not null,
            reason           text not null,
            note             text not null default '',
            primary key (building, seq)
        );
        create index alarm_due on alarm (next_at) where acknowledged_at is null;
        create index alarm_recorded on alarm (recorded_at, building, seq);
        create table alarm_place (position bigint);
        insert into alarm_place values (null);
        """;
}
