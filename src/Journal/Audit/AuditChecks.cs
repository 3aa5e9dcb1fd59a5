namespace Zvonok.Journal.Audit;

/// <summary>One check: a statement that both databases understand and that returns how much was checked, how much breaks the rule, and where.</summary>
internal sealed record AuditCheck(int Invariant, string Name, string Sql);

/// <summary>The checks, by invariant.</summary>
internal static class AuditChecks
{
    public static readonly IReadOnlyList<AuditCheck> All =
    [
        new(1, "Every operation is in its account's ledger once", Once("entry", "account")),
        new(1, "Every operation is in its building's passages once", Once("passage", "building")),
        new(2, "Entries are numbered 1, 2, 3 without a gap", Gapless("entry", "account")),
        new(2, "Passages are numbered 1, 2, 3 without a gap", Gapless("passage", "building")),
        new(2, "Every balance is the one before plus the amount", Balances),
        new(2, "Recording times never go back", Times),
        new(3, "Every amount has a contra account", Contra),
        new(3, "Purses and contra accounts add up to zero", TrialBalance),
        new(4, "No purse is below zero", Floors),
    ];

    // The entries of one operation follow one another, so they span as many numbers as there are.
    private static string Once(string table, string key) => $"""
        select cast(coalesce(sum(rows), 0) as bigint),
               cast(coalesce(sum(case when rows <> span then 1 else 0 end), 0) as bigint),
               min(case when rows <> span then '{key} ' || {key} || ', numbers ' || low || ' and ' || high end)
        from (select {key}, min(seq) as low, max(seq) as high, count(*) as rows, max(seq) - min(seq) + 1 as span
              from {table} group by {key}, operation) as operations
        """;

    private static string Gapless(string table, string key) => $"""
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when low <> 1 or high <> rows then 1 else 0 end), 0) as bigint),
               min(case when low <> 1 or high <> rows then '{key} ' || {key} || ': ' || rows || ' rows, numbers ' || low || ' to ' || high end)
        from (select {key}, min(seq) as low, max(seq) as high, count(*) as rows from {table} group by {key}) as ledgers
        """;

    private const string Balances = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', entry ' || seq end)
        from (select account, seq,
                     meal_after <> lag(meal_after, 1, cast(0 as bigint)) over ledger + case when purse = 1 then amount else 0 end
                     or transport_after <> lag(transport_after, 1, cast(0 as bigint)) over ledger + case when purse = 2 then amount else 0 end as is_wrong
              from entry window ledger as (partition by account order by seq)) as entries
        """;

    private const string Times = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then place end)
        from (select 'account ' || account || ', entry ' || seq as place,
                     recorded_at < lag(recorded_at) over (partition by account order by seq) as is_wrong from entry
              union all
              select 'building ' || building || ', passage ' || seq,
                     recorded_at < lag(recorded_at) over (partition by building order by seq) from passage) as records
        """;

    private const string Contra = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when (amount = 0) <> (contra = 0) then 1 else 0 end), 0) as bigint),
               min(case when (amount = 0) <> (contra = 0) then 'account ' || account || ', entry ' || seq end)
        from entry
        """;

    // The purses are taken from the newest balances, the contra accounts from all amounts: two ways to one sum.
    private const string TrialBalance = """
        select cast(count(*) as bigint),
               cast(case when coalesce(sum(total), 0) = 0 then 0 else 1 end as bigint),
               case when coalesce(sum(total), 0) = 0 then null else 'off by ' || cast(sum(total) as bigint) || ' kopecks' end
        from (select newest.meal_after + newest.transport_after as total
              from (select account, max(seq) as seq from entry group by account) as head
              join entry as newest on newest.account = head.account and newest.seq = head.seq
              union all
              select -sum(amount) from entry group by contra) as totals
        """;

    private const string Floors = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when meal_after < 0 or transport_after < 0 then 1 else 0 end), 0) as bigint),
               min(case when meal_after < 0 or transport_after < 0 then 'account ' || account || ', entry ' || seq end)
        from entry
        """;
}
