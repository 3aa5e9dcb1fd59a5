namespace Zvonok.Journal.Postgres;

/// <summary>The tables. A step that has been released is never edited: add the next one.</summary>
internal static class PostgresSchema
{
    public static readonly IReadOnlyList<string> Steps = [First, PostgresFeedSchema.Step, ClusterSchema.Step, PostgresNoticeSchema.Step, PostgresLimitSchema.Step, PostgresCreditSchema.Step, PostgresMealSchema.Step, PostgresCardSchema.Step, PostgresPassingSchema.Step, PostgresFactSchema.Step, PostgresListSchema.Step, PostgresConnectionSchema.Step, PostgresPresenceSchema.Step, PostgresSafetySchema.Step, PostgresVisitorSchema.Step, PostgresCitySchema.Step];

    // Wide columns come first: PostgreSQL pads each to its alignment.
    private const string First = """
        create table building (
            id    integer primary key,
            zone  text not null
        );

        create table device (
            id        integer primary key,
            kind      smallint not null,
            building  integer not null,
            seller    bigint not null
        );

        create table account (
            number       bigint primary key,
            daily_limit  bigint,
            version      bigint not null,
            kind         smallint not null,
            is_closed    boolean not null,
            zone         text not null
        );

        create table card (
            token       uuid primary key,
            account     bigint not null,
            version     bigint not null,
            expires_at  timestamptz,
            home        integer not null,
            kind        smallint not null,
            state       smallint not null,
            further     text
        );

        create table entry (
            account          bigint not null,
            seq              bigint not null,
            operation        uuid not null,
            fingerprint      bigint not null,
            amount           bigint not null,
            contra           bigint not null,
            meal_after       bigint not null,
            transport_after  bigint not null,
            spent_after      bigint not null,
            event_at         timestamptz not null,
            recorded_at      timestamptz not null,
            made_until       timestamptz not null,
            limit_day        date not null,
            spent_on         date,
            device           integer not null,
            kind             smallint not null,
            purse            smallint not null,
            reversed_seq     bigint,
            lines            bytea,
            primary key (account, seq)
        );

        create table top_up_reference (
            provider   integer not null,
            reference  text not null,
            account    bigint not null,
            seq        bigint not null,
            primary key (provider, reference)
        );

        create table passage (
            seq          bigint not null,
            operation    uuid not null,
            fingerprint  bigint not null,
            event_at     timestamptz not null,
            recorded_at  timestamptz not null,
            made_until   timestamptz not null,
            building     integer not null,
            device       integer not null,
            kind         smallint not null,
            mode_after   smallint not null,
            outcome      smallint not null,
            flag         smallint not null,
            refusal      smallint not null,
            direction    smallint,
            account      bigint,
            token        uuid,
            primary key (building, seq)
        );

        create table presence_checkpoint (
            building  integer primary key,
            seq       bigint not null,
            today     date not null,
            inside    bytea not null
        );
        """;
}
