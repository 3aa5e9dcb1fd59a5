namespace Zvonok.Journal.Postgres;

/// <summary>What families stop, and what was sold all the same (M3).</summary>
internal static class PostgresStopSchema
{
    /// <summary>
    /// The schema's seventh step. The list that holds is the account's; which held when is in <c>limit_change</c>, as the limits are. JSON, by
    /// <see cref="Encoding.StopCodec"/>; null for none.
    /// </summary>
    public const string Step = """
        alter table account add column stop_list text;
        alter table limit_change add column stop_list text;
        alter table entry add column stop_override text;
        """;
}
