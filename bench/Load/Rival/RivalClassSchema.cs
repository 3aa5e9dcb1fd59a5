namespace Zvonok.Load.Rival;

/// <summary>
/// What a good team would write for a class: the same rules and the same record as <see cref="RivalSchema.Sell"/>, for all children at once in a few statements over
/// sets, and one commit for all.
/// </summary>
internal static class RivalClassSchema
{
    /// <summary>Stands in place of a reason: the operation was used before for something else.</summary>
    public const int UsedBefore = -1;

    // Accounts are locked in the order of their numbers, so that no two classes wait for each other. As in a sale they are locked before operations are looked
    // for, by another statement: its snapshot has what those who held the locks have committed. Operations are looked for one by one: a plan that was
    // made while the table was small would read all of it.
    public const string SettleClass = """
        create function settle_class(
            p_employee uuid, p_fingerprint bigint, p_device int, p_building int, p_operator int,
            p_total bigint, p_lines bytea, p_event_at timestamptz, p_now timestamptz, p_accounts bigint[], p_operations uuid[])
        returns table (reason int, entry_number bigint, balance bigint, event_time timestamptz)
        language plpgsql as $$
        declare
            employee bigint;
        begin
            select a.number into employee from card c join account a on a.number = c.account
            where c.token = p_employee and c.state = 2 and (c.expires_at is null or c.expires_at > p_event_at) and c.home = p_building
                and a.kind = 4 and not a.closed;

            perform from account where number = any (p_accounts) order by number for update;

            return query
            with child as (
                select asked.place, asked.operation, a.*, (p_event_at at time zone a.zone)::date as day,
                    e.account as done_by, e.fingerprint as done_as, e.seq as done_seq, e.meal_after as done_meal, e.event_at as done_at
                from unnest(p_accounts, p_operations) with ordinality as asked (number, operation, place)
                left join account a on a.number = asked.number
                left join lateral (select * from entry where entry.operation = asked.operation limit 1) e on true
            ), counted as (
                select *, case
                    when day = spent_on then spent
                    when day > spent_on then 0
                    else (select coalesce(-sum(amount), 0) from entry where account = number and limit_day = day and entry.kind in (1, 2))
                end as spent_that_day
                from child
            ), decided as (
                select *, case
                    when number is null then 7
                    when done_by <> number or done_as <> p_fingerprint then -1
                    when done_by is not null then 0
                    when closed then 8
                    when employee is null then 24
                    when spent_that_day + p_total > daily_limit then 13
                    when p_total > meal then 14
                    else 0
                end as told
                from counted
            ), granted as (
                select *, last_seq + 1 as seq, meal - p_total as meal_after,
                    case when day >= spent_on then day else spent_on end as spent_on_after,
                    case when day >= spent_on then spent_that_day + p_total else spent end as spent_after
                from decided where told = 0 and done_by is null
            ), recorded as (
                insert into entry select
                    number, seq, operation, p_fingerprint, -p_total, p_operator, meal_after, transport, spent_after,
                    p_event_at, p_now, day, spent_on_after, p_device, 1, 1, null, p_lines, employee
                from granted
            ), debited as (
                update account set meal = g.meal_after, spent_on = g.spent_on_after, spent = g.spent_after, last_seq = g.seq
                from granted g where account.number = g.number
            )
            select told, coalesce(done_seq, last_seq + 1), coalesce(done_meal, meal - p_total), coalesce(done_at, p_event_at) from decided order by place;
        end
        $$;
        """;
}
