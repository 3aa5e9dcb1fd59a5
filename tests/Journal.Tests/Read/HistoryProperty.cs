using Zvonok.Domain.Reports;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

/// <summary>Histories and reports of random lives, against what their rows tell when all of them are looked at.</summary>
[Collection(OnEveryStore.Name)]
public sealed class HistoryProperty(Databases databases)
{
    private static readonly Gen<HistoryFilter> Filters = Gen.Select(
        Gen.Frequency((1, Gen.Const(Array.Empty<HistoryKind>())), (2, Gen.Enum<HistoryKind>().Array[1, 3])), RandomLife.Days.Nullable(), Gen.Int[0, 12].Nullable(),
        (kinds, first, more) => new HistoryFilter(kinds.ToHashSet(), first, more is { } days ? (first ?? new LocalDate(2026, 10, 25)).PlusDays(days) : null));

    [Theory, EveryStore]
    [Trait("Rule", "A3")]
    public async Task Pages_hold_every_record_of_the_filter_once_newest_first(Store store)
    {
        await using var journal = await databases.Open(store);
        var lives = 0;

        await Gen.Select(RandomLife.Zones, RandomLife.Steps, Gen.Select(Filters, Gen.Int[1, 9]).Array[4]).SampleAsync(async (zone, steps, questions) =>
        {
            var life = await Live(journal, ++lives, zone, steps);
            foreach (var (filter, size) in questions)
            {
                var expected = RandomLife.NewestFirst(life.Rows, life.Profile.Number).Where(row => Passes(row, filter, zone));
                (await journal.Records(life.Profile.Number, filter, size)).Select(KeyOf).ShouldBe(expected.Select(KeyOf));
            }
        }, iter: 25, threads: 1);
    }

    [Theory, EveryStore]
    [Trait("Rule", "A3")]
    public async Task What_is_recorded_between_two_pages_shifts_none_of_them(Store store)
    {
        await using var journal = await databases.Open(store);
        var lives = 0;

        await Gen.Select(RandomLife.Steps, Filters, Gen.Int[1, 5], Gen.Int[0, 100]).SampleAsync(async (steps, filter, size, share) =>
        {
            var life = new RandomLife(++lives, Given.Zone, steps);
            await journal.Register(new AccountRow(1, life.Profile));
            var rows = new Queue<object>(life.Rows);
            var before = Enumerable.Range(0, rows.Count * share / 100).Select(_ => rows.Dequeue()).ToList();
            await RandomLife.Commit(journal, before);

            var read = new List<string>();
            for (HistoryPlace? next = HistoryPlace.Newest; next is { } from;)
            {
                var page = (await journal.History.List(life.Profile.Number, filter, from, size)).ShouldNotBeNull();
                read.AddRange(page.Records.Select(KeyOf));
                next = page.Next;
                if (rows.TryDequeue(out var row)) await RandomLife.Commit(journal, [row]);
            }

            read.ShouldBe(RandomLife.NewestFirst(before, life.Profile.Number).Where(row => Passes(row, filter, Given.Zone)).Select(KeyOf));
        }, iter: 20, threads: 1);
    }

    [Theory, EveryStore]
    [Trait("Rule", "A4")]
    public async Task Reports_tell_what_all_rows_tell(Store store)
    {
        await using var journal = await databases.Open(store);
        var lives = 0;

        await Gen.Select(RandomLife.Zones, RandomLife.Steps, RandomLife.Days.Array[5]).SampleAsync(async (zone, steps, days) =>
        {
            var life = await Live(journal, ++lives, zone, steps);
            var entries = life.Rows.OfType<Entry>().ToList();
            var all = new ReportFacts(entries, [.. life.Rows.OfType<Passage>().Where(passage => passage.Account == life.Profile.Number)]);

            foreach (var date in days)
            {
                var (day, week) = (ReportDays.Day(date, zone), ReportDays.Week(date, zone));
                var dayReport = DayReport.Of(day, (await journal.History.Read(life.Profile.Number, day.Span)).ShouldNotBeNull().Facts, life.Now);
                var weekReport = WeekReport.Of(week, (await journal.History.Read(life.Profile.Number, week.Span)).ShouldNotBeNull().Facts, life.Now);

                // Nothing that was left unread would have told anything else.
                dayReport.ShouldBeEquivalentTo(DayReport.Of(day, all, life.Now));
                weekReport.ShouldBeEquivalentTo(WeekReport.Of(week, all, life.Now));

                dayReport.Balances.ShouldBe(Balances.After(entries.LastOrDefault()));
                dayReport.Spent.Total.ShouldBe(SpentFromMeals(entries, date));
                (weekReport.End.Meal - weekReport.Start.Meal).ShouldBe(Sum(entries.Where(entry => entry.Purse == Purse.Meal && entry.RecordedAt >= week.Start && entry.RecordedAt < week.End)));
                weekReport.TopUps.ShouldBe(Sum(entries.Where(entry => entry.Kind == EntryKind.TopUp && DayOf(entry.EventAt, zone) >= week.First && DayOf(entry.EventAt, zone) <= week.Last)));
                weekReport.Spent.Total.Kopecks.ShouldBe(week.All().Sum(each => SpentFromMeals(entries, each).Kopecks));
            }
        }, iter: 25, threads: 1);
    }

    private static async Task<RandomLife> Live(TestJournal journal, int n, string zone, LifeStep[] steps)
    {
        var life = new RandomLife(n, zone, steps);
        await journal.Register(new AccountRow(1, life.Profile));
        if (life.Rows.OfType<Entry>().ToArray() is { Length: > 0 } entries) await journal.Writer.Append(new AccountAppend(entries));
        await Task.WhenAll(life.Rows.OfType<Passage>().Select(passage => journal.Writer.Append(new BuildingAppend(passage)).AsTask()));
        return life;
    }

    private static bool Passes(object row, HistoryFilter filter, string zone) =>
        (filter.Kinds.Count == 0 || filter.Kinds.Contains(RandomLife.KindOf(row)))
        && !(DayOf(RandomLife.EventAt(row), zone) < filter.First) && !(DayOf(RandomLife.EventAt(row), zone) > filter.Last);

    private static Money SpentFromMeals(IEnumerable<Entry> entries, LocalDate day) =>
        -Sum(entries.Where(entry => entry.Purse == Purse.Meal && entry.Kind is EntryKind.Sale or EntryKind.Reversal && entry.LimitDay == day && entry.Purse == Purse.Meal));

    private static Money Sum(IEnumerable<Entry> entries) => entries.Aggregate(Money.Zero, (sum, entry) => sum + entry.Amount);

    private static LocalDate DayOf(Instant at, string zone) => at.InZone(DateTimeZoneProviders.Tzdb[zone]).Date;

    private static string KeyOf(HistoryRecord record) => KeyOf((object?)record.Entry ?? record.Passage!);

    private static string KeyOf(object row) => row is Entry entry ? $"entry {entry.Seq}" : $"passage {((Passage)row).Building} {((Passage)row).Seq}";
}
