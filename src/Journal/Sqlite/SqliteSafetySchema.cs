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
        """;
}
