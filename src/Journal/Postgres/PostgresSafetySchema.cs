namespace Zvonok.Journal.Postgres;

/// <summary>Named roles (S1, S3), groups (S2), and what brings back a building's mode.</summary>
internal static class PostgresSafetySchema
{
    /// <summary>
    /// Of a building the roles that come in during a lockdown and those that may end one; of an account its group and its roles; each null for nearly all; of a checkpoint what a roll call tells of those inside. Changes of mode and found marks are
    /// few and wanted when a building wakes up: the index holds these alone, and no tap knows of it.
    /// </summary>
    public const string Step = """
        alter table building add column lockdown_roles text;
        alter table building add column safety_roles text;
        alter table account add column group_key text;
        alter table account add column roles text;
        alter table presence_checkpoint add column roll_call bytea;
        create index passage_safety on passage (building, seq) where kind in (2, 11);
        """;
}
