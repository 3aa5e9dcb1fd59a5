namespace Zvonok.Journal.Sqlite;

/// <summary>Stop lists, meals at public cost, class lists, reversals by line, rides, transfers, fees, menus and orders: as <see cref="Postgres.PostgresMealSchema"/> has them.</summary>
internal static class SqliteMealSchema
{
    /// <summary>The schema's seventh step.</summary>
    public const string Step = """
        alter table account add column stop_list text;
        alter table account add column entitlements text;
        alter table account add column ride_limit integer;
        alter table limit_change add column stop_list text;
        alter table limit_change add column rides integer;
        alter table entry add column stop_override text;
        alter table entry add column reversed_lines integer;
        alter table entry add column rides_spent_after integer;
        alter table entry add column payer integer;
        alter table entry add column settled_by integer;
        alter table entry add column redeemed_on integer;
        alter table entry add column redeemed_after integer;
        alter table entry add column meal integer;
        alter table entry add column counterpart integer;
        alter table entry add column counterpart_seq integer;
        create table fee_policy (
            building  integer not null,
            kind      integer not null,
            amount    integer not null,
            primary key (building, kind)
        ) without rowid;
        create table preorder (
            account      integer not null,
            seq          integer not null,
            operation    blob not null,
            building     integer not null,
            day          integer not null,
            meal         integer not null,
            seller       integer not null,
            lines        blob not null,
            order_until  integer not null,
            is_kept      integer not null,
            primary key (account, seq)
        ) without rowid;
        create index preorder_due on preorder (building, day);
        create table day_close (
            building   integer not null,
            day        integer not null,
            closed_at  integer not null,
            primary key (building, day)
        ) without rowid;
        create table transfer (
            account    integer not null,
            seq        integer not null,
            receiver   integer not null,
            purse      integer not null,
            amount     integer not null,
            operation  blob not null,
            left_at    integer not null,
            primary key (account, seq)
        ) without rowid;
        create index passage_account on passage (account, recorded_at) where account is not null;
        create table menu_item (
            building     integer not null,
            day          integer not null,
            seller       integer not null,
            meal         integer not null,
            code         text not null,
            name         text not null,
            category     integer not null,
            price        integer not null,
            allergens    integer not null,
            order_until  integer not null,
            is_kept      integer not null,
            primary key (building, day, seller, meal, code)
        ) without rowid;
        """;
}
