namespace Zvonok.Journal.Sqlite;

/// <summary>Meals at public cost (M5): as <see cref="Postgres.PostgresEntitlementSchema"/> has them.</summary>
internal static class SqliteEntitlementSchema
{
    /// <summary>The schema's tenth step.</summary>
    public const string Step = """
        alter table account add column entitlements text;
        alter table entry add column payer integer;
        alter table entry add column redeemed_on integer;
        alter table entry add column redeemed_after integer;
        alter table entry add column meal integer;
        """;
}
