namespace Zvonok.Journal.Postgres;

/// <summary>Sales that are taken back in part (M8).</summary>
internal static class PostgresReversalSchema
{
    /// <summary>The schema's eighth step: one bit for each line that a reversal takes back; null: all lines of the sale.</summary>
    public const string Step = "alter table entry add column reversed_lines bigint";
}
