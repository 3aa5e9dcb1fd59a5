namespace Zvonok.Journal.Sqlite;

/// <summary>Limits by category, and which limits held when (M2): as <see cref="Postgres.PostgresLimitSchema"/> has them.</summary>
internal static class SqliteLimitSchema
{
    /// <summary>The schema's fifth step.</summary>
    public const string Step = """
        alter table account add column hot_meal_limit integer;
        alter table account add column buffet_limit integer;
        alter table entry add column buffet_spent_after integer;
        create table limit_change (
            account   integer not null,
            seq       integer not null,
            daily     integer,
            hot_meal  integer,
            buffet    integer,
            primary key (account, seq)
        ) without rowid;
        insert into limit_change (account, seq, daily) select number, version, daily_limit from account where daily_limit is not null or version > 0;
        """;
}
