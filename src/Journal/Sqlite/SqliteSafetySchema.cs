namespace Zvonok.Journal.Sqlite;

/// <summary>Named roles, groups, and what brings back a building's mode: as <see cref="Postgres.PostgresSafetySchema"/> has them.</summary>
internal static class SqliteSafetySchema
{
    /// <summary>Its step of the schema.</summary>
    public const string Step = """
        alter table building add column lockdown_roles text;
        alter table building add column safety_roles text;
        alter table account add column group_key text;
        alter table account add column roles text;
        alter table presence_checkpoint add column roll_call blob;
        create index passage_safety on passage (building, seq) where kind in (2, 11);
        create index passage_alarm on passage (tx) where kind in (2, 4, 5, 6, 9);
        create table alarm (
            building         integer not null,
            seq              integer not null,
            kind             integer not null,
            device           integer not null,
            vouched_by       integer,
            reason           text not null,
            event_at         integer not null,
            recorded_at      integer not null,
            tries            integer not null,
            next_at          integer not null,
            received_at      integer,
            acknowledged_at  integer,
            acknowledged_by  integer,
            note             text not null default '',
            primary key (building, seq)
        ) without rowid;
        create index alarm_due on alarm (next_at) where acknowledged_at is null;
        create index alarm_recorded on alarm (recorded_at, building, seq);
        create table alarm_place (position integer);
        insert into alarm_place values (null);
        """;
}
