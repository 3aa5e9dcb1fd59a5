using Zvonok.Journal.Reports;

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
        new(3, "Every transfer ends once, or is on its way", Transfers),
        new(4, "No purse is below its floor", Floors),
        new(5, "No sale is over the day's limit", Limits(1, "1, 2", "daily")),
        new(5, "No sale is over the day's limit of its category", CategoryLimits),
        new(5, "No ride is over the day's limit", Limits(6, "6", "rides")),
        new(5, "No meal is had at public cost twice on a day", Redemptions),
        new(7, "Every annulment is of one admitted passage, and says where the person is without it", Annulments),
        new(7, "Every admission by hand has an employee who answers for it", Vouchings),
        new(8, "Every fact that a guardian subscribed to has a notice", Told),
        new(8, "Every notice is of a fact", Founded),
        new(9, "No sale is taken back for more than it cost", Reversals),
        new(10, "Every order ends once, or is open", Orders),
        new(11, "Every card stands where its log says", CardLog),
        new(11, "Both cards of a replacement are in the log", Replacements),
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

    private const string TrialBalance = $"""
        select cast(count(*) as bigint),
               cast(case when coalesce(sum(total), 0) = 0 then 0 else 1 end as bigint),
               case when coalesce(sum(total), 0) = 0 then null else 'off by ' || cast(sum(total) as bigint) || ' kopecks' end
        from ({ReportSql.Totals}) as totals
        """;

    // It ends by arriving or by coming back; and what has arrived or come back has left.
    private const string Transfers = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', entry ' || seq end)
        from (select account, seq, ends > 1 or ends = 1 and ended <> -amount or ends = 0 and not is_open as is_wrong
              from (select sent.account, sent.seq, sent.amount, count(got.seq) as ends, sum(got.amount) as ended,
                           exists (select 1 from transfer where transfer.account = sent.account and transfer.seq = sent.seq) as is_open
                    from entry as sent
                    left join entry as got on got.kind = 10 and got.account = sent.counterpart and got.counterpart = sent.account and got.counterpart_seq = sent.seq
                                           or got.kind = 12 and got.account = sent.account and got.reversed_seq = sent.seq
                    where sent.kind = 9 group by sent.account, sent.seq, sent.amount) as transfers
              union all
              select got.account, got.seq, sent.seq is null
              from entry as got
              left join entry as sent on sent.kind = 9 and sent.account = case when got.kind = 10 then got.counterpart else got.account end
                                      and sent.seq = case when got.kind = 10 then got.counterpart_seq else got.reversed_seq end
              where got.kind in (10, 12)) as ends
        """;

    // Only a sale on credit takes the meal purse below zero, and it says how low it may; whoever owes may still top up. A fact goes as low as it has to, and says so (O3).
    private const string Floors = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_low then 1 else 0 end), 0) as bigint),
               min(case when is_low then 'account ' || account || ', entry ' || seq || ': ' || meal_after || ' and ' || transport_after || ' kopecks' end)
        from (select account, seq, meal_after, transport_after,
                     (transport_after < case when amount >= 0 or purse <> 2 then transport_after else 0 end
                      or meal_after < case when amount >= 0 or purse <> 1 then meal_after else coalesce(credit_floor, 0) end)
                     and coalesce(marks, 0) & 1 = 0 as is_low
              from entry) as balances
        """;

    // The limits that held before an entry; sums by the amounts, not by what the entries say of the day. A fact may be over them, and says so (O3).
    private static string Limits(int kind, string kinds, string limit) => $"""
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when spent > daily and is_held then 1 else 0 end), 0) as bigint),
               min(case when spent > daily and is_held then 'account ' || account || ', entry ' || seq || ', ' || limit_day || ': ' || spent || ' of ' || daily || ' kopecks' end)
        from (select account, seq, limit_day, kind, coalesce(marks, 0) & 2 = 0 as is_held, sum(-amount) over (partition by account, limit_day order by seq) as spent,
                     (select {limit} from limit_change where limit_change.account = entry.account and limit_change.seq < entry.seq order by limit_change.seq desc limit 1) as daily
              from entry where kind in ({kinds}) and purse <> 0) as spendings
        where kind = {kind}
        """;

    // A sale that adds nothing to a category is not held up by it. Sales that came late, for a day before the latest, are counted in the whole only.
    private const string CategoryLimits = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_over then 1 else 0 end), 0) as bigint),
               min(case when is_over then 'account ' || account || ', entry ' || seq end)
        from (select sales.account, sales.seq,
                     spent_buffet > buffet_before and spent_buffet > buffet
                     or total - spent_buffet > total_before - buffet_before and total - spent_buffet > hot_meal as is_over
              from (select account, seq, kind, limit_day, spent_on, spent_after as total, coalesce(buffet_spent_after, 0) as spent_buffet,
                           case when lag(spent_on) over ledger = spent_on then lag(spent_after) over ledger else 0 end as total_before,
                           case when lag(spent_on) over ledger = spent_on then coalesce(lag(buffet_spent_after) over ledger, 0) else 0 end as buffet_before,
                           coalesce(marks, 0) & 2 = 0 as is_held
                    from entry window ledger as (partition by account order by seq)) as sales
              join limit_change on limit_change.account = sales.account
                   and limit_change.seq = (select max(seq) from limit_change as earlier where earlier.account = sales.account and earlier.seq < sales.seq)
              where kind = 1 and limit_day = spent_on and is_held) as limited
        """;

    private const string Redemptions = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when times > 1 then 1 else 0 end), 0) as bigint),
               min(case when times > 1 then 'account ' || account || ', entry ' || seq || ', ' || limit_day end)
        from (select account, seq, limit_day, kind, sum(case when kind = 7 then 1 else -1 end) over (partition by account, limit_day, meal order by seq) as times
              from entry where meal is not null and kind in (2, 7)) as meals
        where kind = 7
        """;

    private const string Reversals = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', entry ' || seq end)
        from (select back.account, back.seq,
                     sale.seq is null or sum(back.amount) over (partition by back.account, back.reversed_seq order by back.seq) > -sale.amount as is_wrong
              from entry as back
              left join entry as sale on sale.account = back.account and sale.seq = back.reversed_seq and sale.seq < back.seq and sale.kind in (1, 7)
              where back.kind = 2) as reversals
        """;

    // It ends with the money that it cost: back in the purse, or on to the operator. What is open has an entry.
    private const string Orders = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', entry ' || seq end)
        from (select account, seq, ends > 1 or ends = 1 and (is_open or abs(ended) <> -amount) or ends = 0 and not is_open as is_wrong
              from (select placed.account, placed.seq, placed.amount, count(done.seq) as ends, coalesce(sum(done.amount), 0) as ended,
                           exists (select 1 from preorder where preorder.account = placed.account and preorder.seq = placed.seq) as is_open
                    from entry as placed
                    left join entry as done on done.account = placed.account and done.reversed_seq = placed.seq and done.kind in (17, 18, 19)
                    where placed.kind = 16 group by placed.account, placed.seq, placed.amount) as orders
              union all
              select done.account, done.seq, placed.seq is null
              from entry as done
              left join entry as placed on placed.account = done.account and placed.seq = done.reversed_seq and placed.kind = 16
              where done.kind in (17, 18, 19)
              union all
              select preorder.account, preorder.seq, placed.seq is null
              from preorder left join entry as placed on placed.account = preorder.account and placed.seq = preorder.seq and placed.kind = 16) as checked
        """;

    // An import may have changed a card after the newest line, but then it has another version.
    private const string CardLog = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', version ' || version end)
        from (select line.account, line.version,
                     card.token is null or line.version > card.version
                     or line.version = card.version and (line.account <> card.account or line.kind <> card.kind or line.state <> card.state or line.is_cloned <> card.is_cloned) as is_wrong
              from card_event as line left join card on card.token = line.token) as lines
        """;

    private const string Replacements = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'account ' || account || ', version ' || version end)
        from (select line.account, line.version, twin.token is null or twin.event = line.event or twin.account <> line.account as is_wrong
              from card_event as line
              left join card_event as twin on twin.operation = line.operation and twin.token = line.other and twin.other = line.token and twin.event in (3, 4)
              where line.event in (3, 4)) as lines
        """;

    // Inside since what the person did last, by the time of the event, among what was recorded before the report, and did; or not inside, because they went out, did nothing, or it was so long ago that it does not count any
    // longer. A report that came before its passage names an operation, and that passage, when it has come, annuls itself (O3).
    private const string Annulments = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'building ' || building || ', passage ' || seq end)
        from (select report.building, report.seq,
                     passage.seq is null or count(*) over (partition by report.building, report.annulled) > 1
                     or (report.inside_since is not null or report.outside_since is not null) and coalesce((
                         select last.event_at <> coalesce(report.inside_since, report.outside_since) or last.direction <> case when report.inside_since is null then 2 else 1 end
                         from passage as last
                         where last.building = report.building and last.account = report.account and last.kind in (1, 7, 8) and last.outcome <> 3
                             and last.seq < report.seq and last.seq <> report.annulled and coalesce(last.annulled, 0) <> last.seq
                             and not exists (select 1 from passage as gone where gone.building = last.building and gone.account = last.account and gone.kind = 3
                                                 and gone.outcome <> 3 and gone.annulled = last.seq and gone.seq < report.seq)
                         order by last.event_at desc, last.operation desc limit 1), true) as is_wrong
              from passage as report
              left join passage on passage.building = report.building and passage.seq = report.annulled and passage.seq < report.seq
                   and (passage.account = report.account or passage.account is null and report.account is null) and passage.kind in (1, 7, 8) and passage.outcome <> 3
              where report.kind = 3 and report.outcome <> 3 and report.awaited is null
              union all
              select report.building, report.seq, report.account is not null or report.annulled <> 0 or exists (
                         select 1 from passage where passage.building = report.building and passage.operation = report.awaited and passage.outcome <> 3
                             and (passage.seq < report.seq or coalesce(passage.annulled, 0) <> passage.seq))
              from passage as report where report.kind = 3 and report.outcome <> 3 and report.awaited is not null
              union all
              select own.building, own.seq, not exists (
                         select 1 from passage as report where report.building = own.building and report.kind = 3 and report.awaited = own.operation and report.seq < own.seq)
              from passage as own where own.annulled = own.seq) as annulments
        """;

    private const string Vouchings = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when is_wrong then 1 else 0 end), 0) as bigint),
               min(case when is_wrong then 'building ' || building || ', passage ' || seq end)
        from (select building, seq, account is null or vouched_by is null or vouch_reason is null as is_wrong from passage where kind = 7 and outcome <> 3) as admissions
        """;

    // What is due here by the rules (A5), said once more in SQL: facts after the subscription and up to the partition's place.
    private const string Told = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when notice.state is null then 1 else 0 end), 0) as bigint),
               min(case when notice.state is null then 'account ' || told.account || ', fact ' || told.fact_stream || '/' || told.fact_id || '/' || told.fact_seq || ', kind ' || told.kind end)
        from (select subscription.account, receiver, kinds, 2 as fact_stream, cast(building as bigint) as fact_id, seq as fact_seq,
                     case when passage.kind = 8 and (kinds >> (7 + direction)) % 2 = 1 then 7 + direction else direction end as kind
              from subscription join notice_place on notice_place.partition = subscription.partition join passage on passage.account = subscription.account
              where passage.kind in (1, 7, 8) and outcome <> 3 and coalesce(passage.annulled, 0) <> passage.seq and direction in (1, 2) and tx > since and tx <= position
              union all
              select subscription.account, receiver, kinds, 2, building, seq, 10
              from subscription join notice_place on notice_place.partition = subscription.partition join passage on passage.account = subscription.account
              where passage.kind = 8 and outcome = 3 and tx > since and tx <= position
              union all
              select subscription.account, receiver, kinds, 1, entry.account, seq, case when entry.kind = 1 then 3 else 4 end
              from subscription join notice_place on notice_place.partition = subscription.partition join entry on entry.account = subscription.account
              where entry.kind in (1, 3) and tx > since and tx <= position
              union all
              select subscription.account, receiver, kinds, 1, entry.account, seq, 5
              from subscription join notice_place on notice_place.partition = subscription.partition join entry on entry.account = subscription.account
              where entry.kind = 1 and purse = 1 and meal_after < low_balance and meal_after - amount >= low_balance and tx > since and tx <= position
              union all
              select subscription.account, receiver, kinds, 1, entry.account, seq, 6
              from subscription join notice_place on notice_place.partition = subscription.partition join entry on entry.account = subscription.account
              where entry.kind = 1 and purse = 1 and meal_after < 0 and amount < 0 and tx > since and tx <= position
              union all
              select subscription.account, receiver, kinds, 1, entry.account, seq, 7
              from subscription join notice_place on notice_place.partition = subscription.partition join entry on entry.account = subscription.account
              where entry.kind in (1, 7) and stop_override is not null and tx > since and tx <= position) as told
        left join notice on notice.fact_stream = told.fact_stream and notice.fact_id = told.fact_id and notice.fact_seq = told.fact_seq
             and notice.kind = told.kind and notice.receiver = told.receiver
        where (told.kinds >> told.kind) % 2 = 1
        """;

    private const string Founded = """
        select cast(count(*) as bigint),
               cast(coalesce(sum(case when entry.seq is null and passage.seq is null then 1 else 0 end), 0) as bigint),
               min(case when entry.seq is null and passage.seq is null then 'fact ' || fact_stream || '/' || fact_id || '/' || fact_seq || ', kind ' || notice.kind end)
        from notice
        left join entry on fact_stream = 1 and entry.account = fact_id and entry.seq = fact_seq
        left join passage on fact_stream = 2 and passage.building = fact_id and passage.seq = fact_seq
        """;
}
