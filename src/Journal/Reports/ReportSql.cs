using Zvonok.Journal.Read;

namespace Zvonok.Journal.Reports;

/// <summary>The reports' statements, said once for both databases.</summary>
internal static class ReportSql
{
    /// <summary>
    /// What each side stands at: <c>purse, contra, total</c>, one of the first two 0. The purses are taken from the newest balances, the contra accounts and the budgets that pay from
    /// all amounts: two ways to one sum, which is zero. Where money moved without another side, which no rule does, both are 0.
    /// </summary>
    public const string Totals = """
        with purses as (
            select sum(newest.meal_after) as meal, sum(newest.transport_after) as transport
            from (select account, max(seq) as seq from entry group by account) as head
            join entry as newest on newest.account = head.account and newest.seq = head.seq
        ), moved as (
            select contra, payer, sum(amount) as amount from entry group by contra, payer
        )
        select 1 as purse, cast(0 as bigint) as contra, cast(meal as bigint) as total from purses where meal is not null
        union all
        select 2, 0, cast(transport as bigint) from purses where transport is not null
        union all
        select 0, contra, cast(sum(amount) as bigint)
        from (select contra, -amount as amount from moved union all select payer, amount from moved where payer is not null) as sides
        group by contra having contra <> 0 or sum(amount) <> 0
        """;

    public const string TrialBalance = $"""
        select purse, contra, total from ({Totals}) as totals order by case when purse = 0 then 1 else 0 end, purse, contra
        """;

    // What a budget pays an operator is a line of either's.
    public const string Settlement = """
        with moved as (
            select contra, payer, kind, purse, count(*) as entries, sum(amount) as amount
            from entry
            where recorded_at >= @from and recorded_at < @until and contra <> 0
            group by contra, payer, kind, purse
        )
        select contra, kind, purse, coalesce(payer, 0), entries, cast(-amount as bigint) from moved where contra between @first and @last
        union all
        select payer, kind, 0, contra, entries, cast(amount as bigint) from moved where payer between @first and @last
        order by 1, 2, 3, 4
        """;

    // A reversal counts on the day of its meal, and names the meal when nothing is left of it. Where it was done does not matter: the meal was had where it was served.
    public const string Claims = """
        select meal.payer, coalesce(device.building, 0), meal.limit_day, meal.meal, count(*), cast(sum(-meal.amount - coalesce(back.amount, 0)) as bigint)
        from entry as meal
        left join (
            select account, reversed_seq, sum(amount) as amount, max(meal) as meal
            from entry
            where kind = 2 and purse = 0 and limit_day between @first and @last
            group by account, reversed_seq
        ) as back on back.account = meal.account and back.reversed_seq = meal.seq
        left join device on device.id = meal.device
        where meal.kind = 7 and meal.limit_day between @first and @last and (@funder = 0 or meal.payer = @funder) and back.meal is null
        group by 1, 2, 3, 4
        order by 1, 2, 3, 4
        """;

    public const string Exceptions = $"""
        select {Rows.Entry}, place from (
            select entry.*, coalesce((select building from device where device.id = entry.device), 0) as place
            from entry
            where recorded_at >= @from and recorded_at < @until and marks > 0
        ) as facts
        where @building = 0 or place = @building
        order by account, seq
        """;
}
