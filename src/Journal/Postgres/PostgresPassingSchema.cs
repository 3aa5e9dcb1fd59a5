namespace Zvonok.Journal.Postgres;

/// <summary>Hard anti-passback (P3), what gates report (P5), admissions by hand (P6), and who brings and collects children (P8).</summary>
internal static class PostgresPassingSchema
{
    /// <summary>
    /// The schema's ninth step. Of a building whether anti-passback is hard there. Of a passage the one that it annuls, when the person came in who is inside without it, the employee who admitted by hand, with the reason, and the adult who brought or collected; null
    /// for nearly all. <c>pick_up</c> has who may bring and collect whom (P8). Annulments are found by their person, however long after the passage they came: the index holds these few only, and no tap knows of it.
    /// </summary>
    public const string Step = """
        alter table building add column hard_anti_passback boolean not null default false;
        alter table passage add column annulled bigint;
        alter table passage add column inside_since timestamptz;
        alter table passage add column vouched_by bigint;
        alter table passage add column vouch_reason text;
        alter table passage add column escort bigint;
        create table pick_up (
            adult       bigint not null,
            child       bigint not null,
            first_day   date,
            last_day    date,
            is_deny     boolean not null,
            brings      boolean not null,
            collects    boolean not null,
            primary key (adult, child, is_deny)
        );
        create index passage_annulment on passage (account, recorded_at) where kind = 3;
        """;
}
