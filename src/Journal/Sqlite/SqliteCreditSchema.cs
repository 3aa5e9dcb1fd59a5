namespace Zvonok.Journal.Sqlite;

/// <summary>How far hot meals may be owed (M4): as <see cref="Postgres.PostgresCreditSchema"/> has it.</summary>
internal static class SqliteCreditSchema
{
    /// <summary>The schema's sixth step.</summary>
    public const string Step = """
        alter table entry add column credit_floor integer;
        create table credit_policy (
            building  integer primary key,
            floor     integer not null
        );
        """;
}
