namespace Zvonok.Journal.Postgres;

/// <summary>Limits by category, and which limits held when (M2).</summary>
internal static class PostgresLimitSchema
{
    /// <summary>
    /// The schema's fifth step. What was spent in the buffet before it is not known by category: on its day a limit of the buffet counts from then on.
    /// <c>limit_change</c> has the limits that hold from after an entry on, those of registration as number 0; of earlier changes only the newest is known. What a
    /// silo of the release before still sells and changes during the upgrade is in neither.
    /// </summary>
    public const string Step = """
        alter table account add column hot_meal_limit bigint;
        alter table account add column buffet_limit bigint;
        alter table entry add column buffet_spent_after bigint;
        create table limit_change (
            account   bigint not null,
            seq       bigint not null,
            daily     bigint,
            hot_meal  bigint,
            buffet    bigint,
            primary key (account, seq)
        );
        insert into limit_change (account, seq, daily) select number, version, daily_limit from account where daily_limit is not null or version > 0;
        """;
}
