using Zvonok.Domain.Reports;

namespace Zvonok.Journal.Read;

/// <summary>
/// Histories and reports, for both databases. Everything is a range of one account's keys: of <c>entry</c> by number, of <c>passage</c> by the time at which it was recorded.
/// </summary>
internal sealed class HistoryReader(JournalDatabase database, Queries queries) : IHistory
{
    /// <summary>Entries that a page looks at to find those of its kinds and days; an account may have had millions since.</summary>
    public const int ExaminedMax = 1_000;

    /// <summary>Rows of a report: some dozens usually.</summary>
    public const int ReportRowsMax = 10_000;

    public Task<string?> FindZone(AccountNumber account) => queries.Run(deadline => ReadZone(account, deadline));

    public Task<HistoryPage?> List(AccountNumber account, HistoryFilter filter, HistoryPlace from, int count) => queries.Run(async deadline =>
    {
        var days = default(Interval?);
        if (filter.HasDays)
        {
            if (await ReadZone(account, deadline) is not { } zone) return null;
            days = Span(filter, DateTimeZoneProviders.Tzdb[zone]);
        }

        var entries = await ReadEntries(account, filter, days, from, count, deadline);
        var passages = await ReadPassages(account, filter, days, from, entries.LookedBackTo, count, deadline);
        var page = Merge(entries, passages, from, count);
        return page.Records.Count > 0 || page.Next is not null || await ReadZone(account, deadline) is not null ? page : null;
    });

    public Task<ReportFacts> Read(AccountNumber account, ReportDays days) => queries.Run(async deadline =>
    {
        // The last entry before these days has the balance at their start, and the newest one the balance of now.
        var entries = await Select(
            $"""
            with recursive {FirstSince("since_start", "@start")}, {FirstSince("since_end", "@end")}
            select {Rows.Entry} from entry where account = @account and seq >= {Found("since_start")} - 1 and seq >= {Found("since_end")} - @most and seq < {Found("since_end")}
            union all
            select {Rows.Entry} from entry where account = @account and seq >= {Found("since_end")} and seq = (select max(seq) from entry where account = @account)
            order by seq
            """,
            row => Rows.ReadEntry(database, row), deadline,
            ("account", account.Value), ("start", database.ToDb(days.Start)), ("end", database.ToDb(days.EntriesUntil)), ("most", ReportRowsMax));
        var passages = await Select(
            $"""
            select {Rows.Passage} from passage
            where account = @account and recorded_at >= @start and recorded_at < @end and outcome <> {(int)PassageOutcome.Refused}
            limit @most
            """,
            row => Rows.ReadPassage(database, row), deadline,
            ("account", account.Value), ("start", database.ToDb(days.PassagesFrom)), ("end", database.ToDb(days.PassagesUntil)), ("most", ReportRowsMax));
        return entries.Count < ReportRowsMax && passages.Count < ReportRowsMax
            ? new ReportFacts(entries, passages)
            : throw new ReportTooLargeException($"Account {account} has {ReportRowsMax} entries or passages around these days: no report is made of so many, ListHistory pages through them.");
    });

    /// <summary>Both by the time at which they were recorded, newest first; an entry goes before a passage of the same millisecond.</summary>
    private static HistoryPage Merge(EntrySlice entries, List<Passage> passages, HistoryPlace from, int count)
    {
        var (records, entry, passage) = (new List<HistoryRecord>(count), 0, 0);
        while (records.Count < count && (entry < entries.Rows.Count || passage < passages.Count))
        {
            var isEntryNext = entry < entries.Rows.Count && (passage == passages.Count || entries.Rows[entry].RecordedAt >= passages[passage].RecordedAt);
            records.Add(isEntryNext ? new HistoryRecord(entries.Rows[entry++], null) : new HistoryRecord(null, passages[passage++]));
        }

        if (entry == entries.Rows.Count && passage == passages.Count && entries.LookedDownTo is null) return new HistoryPage(records, null);
        // Both places are behind this page, even where nothing was taken: what comes meanwhile is newer than the page, and not to follow it.
        var beforeEntry = entry < entries.Rows.Count ? entries.Rows[entry].Seq + 1 : entries.LookedDownTo ?? 1;
        var oldest = records.Count > 0 ? records[^1].RecordedAt : entries.LookedBackTo!.Value;
        return new HistoryPage(records, new HistoryPlace(beforeEntry, passage > 0 ? PlaceOf(passages[passage - 1]) : from.BeforePassage ?? PassagePlace.UpTo(oldest)));
    }

    private static PassagePlace PlaceOf(Passage passage) => new(passage.RecordedAt, passage.Building, passage.Seq);

    private static Interval Span(HistoryFilter filter, DateTimeZone zone) => new(
        filter.First is { } first ? zone.AtStartOfDay(first).ToInstant() : null, filter.Last is { } last ? zone.AtStartOfDay(last.PlusDays(1)).ToInstant() : null);

    // One more than asked for tells whether there is more.
    private async Task<EntrySlice> ReadEntries(AccountNumber account, HistoryFilter filter, Interval? days, HistoryPlace from, int count, CancellationToken deadline)
    {
        var kinds = filter.Kinds.Count == 0 ? null : HistoryKinds.EntriesOf(filter.Kinds).Select(kind => (int)kind).ToList();
        if (kinds is []) return new EntrySlice([], null, null);
        var isNarrowed = kinds is not null || days is not null;
        var (first, end) = isNarrowed ? await ReadRange(account, days, deadline) : (1, long.MaxValue);
        end = Math.Min(end, from.BeforeEntry);
        var low = isNarrowed ? Math.Max(first, end - ExaminedMax) : first;

        var rows = await Select(
            $"""
            select {Rows.Entry} from entry
            where account = @account and seq >= @low and seq < @end {(kinds is null ? "" : $"and kind in ({string.Join(", ", kinds)})")} {Happened(days)}
            order by seq desc limit @count
            """,
            row => Rows.ReadEntry(database, row), deadline, [("account", account.Value), ("low", low), ("end", end), ("count", count + 1), .. Bounds(days)]);
        if (rows.Count > count || low <= first) return new EntrySlice(rows, null, null);

        // What is older was not looked at: passages that may be older than that wait for the next page.
        var until = await Select("select recorded_at from entry where account = @account and seq = @low", row => database.ReadInstant(row, 0), deadline, ("account", account.Value), ("low", low));
        return new EntrySlice(rows, low, until[0]);
    }

    // The numbers from the first entry that can be of those days to behind the last one.
    private async Task<(long First, long End)> ReadRange(AccountNumber account, Interval? days, CancellationToken deadline)
    {
        var first = days is { HasStart: true } since ? await ReadFirstSince(account, since.Start, deadline) : 1;
        var end = days is { HasEnd: true } until ? await ReadFirstSince(account, until.End + ReportDays.LatenessMax, deadline) : await ReadEnd(account, deadline);
        return (first, end);
    }

    private async Task<long> ReadFirstSince(AccountNumber account, Instant moment, CancellationToken deadline) => (await Select(
        $"with recursive {FirstSince("search", "@moment")} select {Found("search")}",
        row => row.GetInt64(0), deadline, ("account", account.Value), ("moment", database.ToDb(moment))))[0];

    private async Task<long> ReadEnd(AccountNumber account, CancellationToken deadline) =>
        (await Select("select coalesce(max(seq), 0) + 1 from entry where account = @account", row => row.GetInt64(0), deadline, ("account", account.Value)))[0];

    private async Task<List<Passage>> ReadPassages(
        AccountNumber account, HistoryFilter filter, Interval? days, HistoryPlace from, Instant? after, int count, CancellationToken deadline)
    {
        if (filter.Kinds.Count > 0 && !filter.Kinds.Contains(HistoryKind.Passage)) return [];
        var recordedBefore = days is { HasEnd: true } span ? span.End + ReportDays.LatenessMax : (Instant?)null;
        return await Select(
            $"""
            select {Rows.Passage} from passage
            where account = @account
                {(from.BeforePassage is null ? "" : "and (recorded_at, building, seq) < (@at, @building, @seq)")}
                {(days is { HasStart: true } ? "and recorded_at >= @start" : "")}
                {(recordedBefore is null ? "" : "and recorded_at < @recorded_before")}
                {(after is null ? "" : "and recorded_at > @after")}
                {Happened(days)}
            order by recorded_at desc, building desc, seq desc limit @count
            """,
            row => Rows.ReadPassage(database, row), deadline,
            [
                ("account", account.Value), ("count", count + 1), .. Bounds(days), .. Times(("recorded_before", recordedBefore), ("after", after)),
                .. from.BeforePassage is { } place ? [("at", database.ToDb(place.RecordedAt)), ("building", place.Building.Value), ("seq", (object)place.Seq)] : Array.Empty<(string, object)>(),
            ]);
    }

    private async Task<string?> ReadZone(AccountNumber account, CancellationToken deadline) =>
        (await Select("select zone from account where number = @account", row => row.GetString(0), deadline, ("account", account.Value))).FirstOrDefault();

    // Recording times never go back along the numbers, so some ten looks at the key find the first entry since a moment, and no index on times is needed.
    private static string FirstSince(string search, string moment) => $"""
        {search} (low, high) as (
            select cast(1 as bigint), cast(coalesce(max(seq), 0) + 1 as bigint) from entry where account = @account
            union all
            select case when probe.recorded_at < {moment} then probe.seq + 1 else low end,
                   case when probe.recorded_at < {moment} then high else probe.seq end
            from {search} join entry probe on probe.account = @account and probe.seq = (low + high) / 2
            where low < high
        )
        """;

    private static string Found(string search) => $"(select low from {search} where low = high)";

    private static string Happened(Interval? days) =>
        days is not { } span ? "" : $"{(span.HasStart ? "and event_at >= @start" : "")} {(span.HasEnd ? "and event_at < @until" : "")}";

    private IEnumerable<(string, object)> Bounds(Interval? days) => days is not { } span ? [] : Times(("start", span.HasStart ? span.Start : null), ("until", span.HasEnd ? span.End : null));

    private IEnumerable<(string, object)> Times(params IEnumerable<(string Name, Instant? At)> times) =>
        times.Where(time => time.At is not null).Select(time => (time.Name, database.ToDb(time.At!.Value)));

    private Task<List<T>> Select<T>(string sql, Func<DbDataReader, T> read, CancellationToken deadline, params (string Name, object Value)[] parameters) =>
        queries.Select(null, sql, static _ => { }, read, deadline, parameters);

    /// <summary>Entries for a page.</summary>
    /// <param name="Rows">Newest first.</param>
    /// <param name="LookedDownTo">The smallest number looked at, when there are more; null: no entry is left out.</param>
    /// <param name="LookedBackTo">When that one was recorded.</param>
    private sealed record EntrySlice(List<Entry> Rows, long? LookedDownTo, Instant? LookedBackTo);
}
