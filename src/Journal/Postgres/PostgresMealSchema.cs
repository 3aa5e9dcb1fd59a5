namespace Zvonok.Journal.Postgres;

/// <summary>Stop lists (M3), meals at public cost (M5), class lists (M7), reversals by line (M8), rides (M10), transfers (M11), fees (M13), menus and orders (M6) and histories (A3).</summary>
internal static class PostgresMealSchema
{
    /// <summary>
    /// The schema's seventh step. Of an account its stop list and entitlements, as JSON (<see cref="Encoding.StopCodec"/>, <see cref="Encoding.EntitlementCodec"/>), and
    /// its limit of a day's rides; <c>limit_change</c> has which stop list and limit held when. Of an entry who overrode the stop list and why, as JSON; the lines that a
    /// reversal takes back, one bit each; what is spent on rides on its day of spending; the budget that pays instead of a purse; the meal that it redeems or frees,
    /// and the meals redeemed on the latest day on which one was; the employee who settled it; and the other end of a transfer. Null for none, of a reversal's lines
    /// for all. <c>transfer</c> has the transfers that have left and not ended yet, by the entry with which each left; <c>fee_policy</c> what fees cost, building 0 the city's;
    /// <c>menu_item</c> what may be ordered ahead; <c>preorder</c> the meals that are ordered and not had yet, by the entry that ordered each; <c>day_close</c> which days of which buildings are closed.
    /// The block range index finds the days of a report (M14): rows come in the order of their time, so that it is a page for many thousands of them and a sale hardly knows of it.
    /// The passages of a person are found by when they were recorded; what lies between two moments tells their history and their time inside. That costs a tap 43 bytes of index
    /// and 91 of log, and the page's own 8 KB in the log at its first change after a checkpoint, as the key of entries does.
    /// </summary>
    public const string Step = """
        alter table account add column stop_list text;
        alter table account add column entitlements text;
        alter table account add column ride_limit bigint;
        alter table limit_change add column stop_list text;
        alter table limit_change add column rides bigint;
        alter table entry add column stop_override text;
        alter table entry add column reversed_lines bigint;
        alter table entry add column rides_spent_after bigint;
        alter table entry add column payer bigint;
        alter table entry add column settled_by bigint;
        alter table entry add column redeemed_on date;
        alter table entry add column redeemed_after smallint;
        alter table entry add column meal smallint;
        alter table entry add column counterpart bigint;
        alter table entry add column counterpart_seq bigint;
        create table fee_policy (
            amount    bigint not null,
            building  integer not null,
            kind      smallint not null,
            primary key (building, kind)
        );
        create table preorder (
            account      bigint not null,
            seq          bigint not null,
            seller       bigint not null,
            operation    uuid not null,
            order_until  timestamptz not null,
            building     integer not null,
            day          date not null,
            meal         smallint not null,
            is_kept      boolean not null,
            lines        bytea not null,
            primary key (account, seq)
        );
        create index preorder_due on preorder (building, day);
        create table day_close (
            closed_at  timestamptz not null,
            building   integer not null,
            day        date not null,
            primary key (building, day)
        );
        create table transfer (
            account    bigint not null,
            seq        bigint not null,
            receiver   bigint not null,
            amount     bigint not null,
            operation  uuid not null,
            left_at    timestamptz not null,
            purse      smallint not null,
            primary key (account, seq)
        );
        create index entry_days on entry using brin (recorded_at, limit_day) with (autosummarize = on);
        create index passage_account on passage (account, recorded_at) where account is not null;
        create table menu_item (
            seller       bigint not null,
            price        bigint not null,
            order_until  timestamptz not null,
            building     integer not null,
            day          date not null,
            allergens    integer not null,
            meal         smallint not null,
            category     smallint not null,
            is_kept      boolean not null,
            code         text collate "C" not null,
            name         text not null,
            primary key (building, day, seller, meal, code)
        );
        """;
}
