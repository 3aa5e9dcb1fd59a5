namespace Zvonok.Journal.Postgres;

/// <summary>Meals at public cost (M5).</summary>
internal static class PostgresEntitlementSchema
{
    /// <summary>
    /// The schema's tenth step. An account's entitlements as JSON (<see cref="Encoding.EntitlementCodec"/>); of an entry the budget that pays instead of a purse, the meal
    /// that it redeems or gives back, and the meals redeemed on the latest day on which one was; null for none.
    /// </summary>
    public const string Step = """
        alter table account add column entitlements text;
        alter table entry add column payer bigint;
        alter table entry add column redeemed_on date;
        alter table entry add column redeemed_after smallint;
        alter table entry add column meal smallint;
        """;
}
