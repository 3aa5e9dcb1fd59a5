namespace Zvonok.Journal.Postgres;

/// <summary>Who settled a class (M7).</summary>
internal static class PostgresSettlementSchema
{
    /// <summary>The schema's eleventh step: the account of the employee who settled an entry from a class list; null for all others.</summary>
    public const string Step = "alter table entry add column settled_by bigint";
}
