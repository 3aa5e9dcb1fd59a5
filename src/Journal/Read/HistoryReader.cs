using Zvonok.Domain.Reports;

namespace Zvonok.Journal.Read;

/// <summary>
/// Histories and reports, for both databases. Everything is a range of one account's keys: of <c>entry</c> by number, of <c>passage</c> by the time at which it was recorded.
/// </summary>
internal sealed class HistoryReader : IHistory, IAsyncDisposable
{
    /// <summary>Messages to the database at the same time: a read costs less processor time the more of them share one, and waits longer.</summary>
    public const int MessagesMax = 2;

    /// <summary>Newest entries among which a report's first one is looked for, one after the other, before it is searched for among all.</summary>
    public const int NewestMax = 64;

    /// <summary>Entries that a page looks at to find those of its kinds and days; an account may have had millions since.</summary>
    public const int ExaminedMax = 1_000;

    /// <summary>Rows of a report: some dozens usually.</summary>
    public const int ReportRowsMax = 10_000;

    private readonly JournalDatabase _database;
    private readonly Queries _queries;
    private readonly SharedReads _reads;

    public HistoryReader(JournalDatabase database, JournalHealth health, JournalOptions options)
    {
        _database = database;
        _queries = new Queries(database, database.HistorySource, health, "histories", options.Deadline);
        _reads = new SharedReads(database.HistorySource, options.Deadline, MessagesMax);
    }

    public ValueTask DisposeAsync() => _reads.DisposeAsync();

    public Task<string?> FindZone(AccountNumber account) => _queries.Run(deadline => ReadZone(account, deadline));

    public Task<HistoryPage?> List(AccountNumber account, HistoryFilter filter, HistoryPlace from, int count) => _queries.Run(async deadline =>
    {
        var days = default(Interval?);
        if (filter.HasDays)
        {
            if (await ReadZone(account, deadline) is not { } zone) return null;
            days = Span(filter, DateTimeZoneProviders.Tzdb[zone]);
        }

        var page = filter.Kinds.Count == 0 && days is null
            ? await ReadNewest(account, from, count, deadline)
            : await ReadNarrowed(account, filter, days, from, count, deadline);
        return page.Records.Count > 0 || page.Next is not null || await ReadZone(account, deadline) is not null ? page : null;
    });

    public Task<AccountFacts?> Read(AccountNumber account, ReportSpan span) => _queries.Run(async deadline =>
    {
        var zone = Zone(account);
        var entries = NewestSince(account, span);
        // That nobody walked through may be reported at any time later. What gates upload comes late (O3): most of what was recorded since is of other days.
        var passages = new Selection<Passage>(
            $"""
            select {Rows.Passage} from (
                select {Rows.Passage} from passage
                where account = @account and recorded_at >= @passages_start and recorded_at < @passages_end and outcome <> {(int)PassageOutcome.Refused}
                    and (kind = {(int)PassageKind.NotPassed} or event_at < @events_end)
                limit @most) as days
            union all
            select {Rows.Passage} from passage where account = @account and kind = {(int)PassageKind.NotPassed} and recorded_at >= @passages_end and outcome <> {(int)PassageOutcome.Refused}
            """,
            row => Rows.ReadPassage(_database, row), ("account", account.Value), ("passages_start", _database.ToDb(span.PassagesFrom)), ("passages_end", _database.ToDb(span.PassagesUntil)),
            ("events_end", _database.ToDb(span.PassagesUntil - ReportDays.PassageLatenessMax)), ("most", ReportRowsMax));
        await _reads.Fill(deadline, zone, entries, passages);
        if (zone.Rows is not [var zoneId]) return null;
        // Days of long ago, or an account that has more in a day than others in months.
        if (entries.Rows is [{ Seq: > 1 } oldest, ..] && oldest.RecordedAt >= span.EntriesFrom)
        {
            entries = AllSince(account, span);
            await _reads.Fill(deadline, entries);
        }

        return entries.Rows.Count < ReportRowsMax && passages.Rows.Count < ReportRowsMax
            ? new AccountFacts(zoneId, new ReportFacts(entries.Rows, passages.Rows))
            : throw new ReportTooLargeException($"Account {account} has {ReportRowsMax} entries or passages around these days: no report is made of so many, ListHistory pages through them.");
    });

    // The last entry before these days has the balance at their start, and the newest one the balance of now. Most reports are of these days: a few steps back from the
    // newest entry find the first one, and cost a fifth of a search.
    private Selection<Entry> NewestSince(AccountNumber account, ReportSpan span) => new(
        $"""
        select {Rows.Entry} from entry
        where account = @account and (recorded_at < @end or seq = {Newest}) and seq >= coalesce(
            (select seq from entry where account = @account and recorded_at < @start and seq > {Newest} - {NewestMax} order by seq desc limit 1), {Newest} - {NewestMax} + 1)
        order by seq
        """,
        row => Rows.ReadEntry(_database, row), ("account", account.Value), ("start", _database.ToDb(span.EntriesFrom)), ("end", _database.ToDb(span.EntriesUntil)));

    private Selection<Entry> AllSince(AccountNumber account, ReportSpan span) => new(
        $"""
        with recursive {FirstSince("since_start", "@start")}, {FirstSince("since_end", "@end")}
        select {Rows.Entry} from entry where account = @account and seq >= {Found("since_start")} - 1 and seq >= {Found("since_end")} - @most and seq < {Found("since_end")}
        union all
        select {Rows.Entry} from entry where account = @account and seq >= {Found("since_end")} and seq = {Newest}
        order by seq
        """,
        row => Rows.ReadEntry(_database, row),
        ("account", account.Value), ("start", _database.ToDb(span.EntriesFrom)), ("end", _database.ToDb(span.EntriesUntil)), ("most", ReportRowsMax));

    private async Task<HistoryPage> ReadNewest(AccountNumber account, HistoryPlace from, int count, CancellationToken deadline)
    {
        var entries = Entries(account, [], null, 1, from.BeforeEntry, count);
        var passages = Passages(account, null, from, null, count);
        await _reads.Fill(deadline, entries, passages);
        return Merge(new EntrySlice(entries.Rows, null, null), passages.Rows, from, count);
    }

    private async Task<HistoryPage> ReadNarrowed(AccountNumber account, HistoryFilter filter, Interval? days, HistoryPlace from, int count, CancellationToken deadline)
    {
        var entries = await ReadEntries(account, filter, days, from, count, deadline);
        if (filter.Kinds.Count > 0 && !filter.Kinds.Contains(HistoryKind.Passage)) return Merge(entries, [], from, count);
        var passages = Passages(account, days, from, entries.LookedBackTo, count);
        await _reads.Fill(deadline, passages);
        return Merge(entries, passages.Rows, from, count);
    }

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

    private async Task<EntrySlice> ReadEntries(AccountNumber account, HistoryFilter filter, Interval? days, HistoryPlace from, int count, CancellationToken deadline)
    {
        List<int> kinds = [.. HistoryKinds.EntriesOf(filter.Kinds).Select(kind => (int)kind)];
        if (filter.Kinds.Count > 0 && kinds.Count == 0) return new EntrySlice([], null, null);
        var (first, end) = await ReadRange(account, days, deadline);
        end = Math.Min(end, from.BeforeEntry);
        var low = Math.Max(first, end - ExaminedMax);

        var entries = Entries(account, kinds, days, low, end, count);
        await _reads.Fill(deadline, entries);
        if (entries.Rows.Count > count || low <= first) return new EntrySlice(entries.Rows, null, null);

        // What is older was not looked at: passages that may be older than that wait for the next page.
        var until = await Select("select recorded_at from entry where account = @account and seq = @low", row => _database.ReadInstant(row, 0), deadline, ("account", account.Value), ("low", low));
        return new EntrySlice(entries.Rows, low, until[0]);
    }

    // One more than asked for tells whether there is more. No kinds: all of them.
    private Selection<Entry> Entries(AccountNumber account, List<int> kinds, Interval? days, long low, long end, int count) => new(
        $"""
        select {Rows.Entry} from entry
        where account = @account and seq >= @low and seq < @end {(kinds.Count == 0 ? "" : $"and kind in ({string.Join(", ", kinds)})")} {Happened(days)}
        order by seq desc limit @count
        """,
        row => Rows.ReadEntry(_database, row),
        [("account", account.Value), ("low", low), ("end", end), ("count", count + 1), .. Bounds(days)]);

    // The numbers from the first entry that can be of those days to behind the last one.
    private async Task<(long First, long End)> ReadRange(AccountNumber account, Interval? days, CancellationToken deadline)
    {
        var first = days is { HasStart: true } since ? await ReadFirstSince(account, since.Start, deadline) : 1;
        var end = days is { HasEnd: true } until ? await ReadFirstSince(account, until.End + ReportDays.LatenessMax, deadline) : await ReadEnd(account, deadline);
        return (first, end);
    }

    private async Task<long> ReadFirstSince(AccountNumber account, Instant moment, CancellationToken deadline) => (await Select(
        $"with recursive {FirstSince("search", "@moment")} select {Found("search")}",
        row => row.GetInt64(0), deadline, ("account", account.Value), ("moment", _database.ToDb(moment))))[0];

    private async Task<long> ReadEnd(AccountNumber account, CancellationToken deadline) =>
        (await Select("select coalesce(max(seq), 0) + 1 from entry where account = @account", row => row.GetInt64(0), deadline, ("account", account.Value)))[0];

    private Selection<Passage> Passages(AccountNumber account, Interval? days, HistoryPlace from, Instant? after, int count)
    {
        var recordedBefore = days is { HasEnd: true } span ? span.End + ReportDays.PassageLatenessMax : (Instant?)null;
        return new(
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
            row => Rows.ReadPassage(_database, row),
            [
                ("account", account.Value), ("count", count + 1), .. Bounds(days), .. Times(("recorded_before", recordedBefore), ("after", after)),
                .. from.BeforePassage is { } place ? [("at", _database.ToDb(place.RecordedAt)), ("building", place.Building.Value), ("seq", (object)place.Seq)] : Array.Empty<(string, object)>(),
            ]);
    }

    private async Task<string?> ReadZone(AccountNumber account, CancellationToken deadline)
    {
        var zone = Zone(account);
        await _reads.Fill(deadline, zone);
        return zone.Rows.FirstOrDefault();
    }

    private static Selection<string> Zone(AccountNumber account) => new("select zone from account where number = @account", row => row.GetString(0), ("account", account.Value));

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

    private const string Newest = "(select max(seq) from entry where account = @account)";

    private static string Found(string search) => $"(select low from {search} where low = high)";

    private static string Happened(Interval? days) =>
        days is not { } span ? "" : $"{(span.HasStart ? "and event_at >= @start" : "")} {(span.HasEnd ? "and event_at < @until" : "")}";

    private IEnumerable<(string, object)> Bounds(Interval? days) => days is not { } span ? [] : Times(("start", span.HasStart ? span.Start : null), ("until", span.HasEnd ? span.End : null));

    private IEnumerable<(string, object)> Times(params IEnumerable<(string Name, Instant? At)> times) =>
        times.Where(time => time.At is not null).Select(time => (time.Name, _database.ToDb(time.At!.Value)));

    private async Task<List<T>> Select<T>(string sql, Func<DbDataReader, T> read, CancellationToken deadline, params (string Name, object Value)[] parameters)
    {
        var selection = new Selection<T>(sql, read, parameters);
        await _reads.Fill(deadline, selection);
        return selection.Rows;
    }

    /// <summary>Entries for a page.</summary>
    /// <param name="Rows">Newest first.</param>
    /// <param name="LookedDownTo">The smallest number looked at, when there are more; null: no entry is left out.</param>
    /// <param name="LookedBackTo">When that one was recorded.</param>
    private sealed record EntrySlice(List<Entry> Rows, long? LookedDownTo, Instant? LookedBackTo);
}
