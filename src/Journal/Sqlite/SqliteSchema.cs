namespace Zvonok.Journal.Sqlite;

/// <summary>
/// The tables. Times are Unix milliseconds, days are numbers such as 20260901, ids of 128 bits are blobs, big endian. A
/// step that has been released is never edited: add the next one.
/// </summary>
internal static class SqliteSchema
{
    public static readonly IReadOnlyList<string> Steps = [First, SqliteFeedSchema.Step, GrainStateSchema.Step, SqliteNoticeSchema.Step, SqliteLimitSchema.Step, SqliteCreditSchema.Step, SqliteMealSchema.Step, SqliteCardSchema.Step, SqlitePassingSchema.Step, SqliteFactSchema.Step, SqliteListSchema.Step, SqliteConnectionSchema.Step, SqlitePresenceSchema.Step, SqliteSafetySchema.Step, SqliteVisitorSchema.Step, SqliteCitySchema.Step];

    // The keys are the tables: without a row id there is one tree to write instead of two.
    private const string First = """
        create table building (
            id    integer primary key,
            zone  text not null
        );

        create table device (
            id        integer primary key,
            kind      integer not null,
            building  integer not null,
            seller    integer not null
        );

        create table account (
            number       integer primary key,
            kind         integer not null,
            zone         text not null,
            daily_limit  integer,
            is_closed    integer not null,
            version      integer not null
        );

        create table card (
            token       blob primary key,
            kind        integer not null,
            state       integer not null,
            account     integer not null,
            home        integer not null,
            further     text,
            expires_at  integer,
            version     integer not null
        ) without rowid;

        create table entry (
            account          integer not null,
            seq              integer not null,
            operation        blob not null,
            fingerprint      integer not null,
            kind             integer not null,
            purse            integer not null,
            amount           integer not null,
            contra           integer not null,
            meal_after       integer not null,
            transport_after  integer not null,
            limit_day        integer not null,
            spent_on         integer,
            spent_after      integer not null,
            event_at         integer not null,
            recorded_at      integer not null,
            made_until       integer not null,
            device           integer not null,
            reversed_seq     integer,
            lines            blob,
            primary key (account, seq)
        ) without rowid;

        create table top_up_reference (
            provider   integer not null,
            reference  text not null,
            account    integer not null,
            seq        integer not null,
            primary key (provider, reference)
        ) without rowid;

        create table passage (
            building     integer not null,
            seq          integer not null,
            operation    blob not null,
            fingerprint  integer not null,
            kind         integer not null,
            mode_after   integer not null,
            event_at     integer not null,
            recorded_at  integer not null,
            made_until   integer not null,
            account      integer,
            token        blob,
            direction    integer,
            outcome      integer not null,
            flag         integer not null,
            refusal      integer not null,
            device       integer not null,
            primary key (building, seq)
        ) without rowid;

        create table presence_checkpoint (
            building  integer primary key,
            seq       integer not null,
            today     integer not null,
            inside    blob not null
        );
        """;
}
