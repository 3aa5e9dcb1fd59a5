namespace Zvonok.Journal.Postgres;

/// <summary>How far hot meals may be owed (M4).</summary>
internal static class PostgresCreditSchema
{
    /// <summary>The schema's sixth step. Building 0 is the city. A floor is never above zero.</summary>
    public const string Step = """
        alter table entry add column credit_floor bigint;
        create table credit_policy (
            floor     bigint not null,
            building  integer primary key
        );
        """;
}
