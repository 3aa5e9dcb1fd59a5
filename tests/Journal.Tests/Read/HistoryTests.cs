using Zvonok.Domain.Reports;
using Zvonok.Journal.Read;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

[Collection(OnEveryStore.Name)]
public sealed class HistoryTests(Databases databases)
{
    [Theory, EveryStore]
    [Trait("Rule", "A3")]
    public async Task A_history_holds_entries_and_passages_as_they_were_recorded(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        ledger.TopUp();
        ledger.Sell();
        var passage = Given.Passage() with { RecordedAt = Given.Morning + Duration.FromSeconds(30) };
        await journal.Commit(ledger.Entries);
        await journal.Commit(passage, Given.ModeChange(2), Given.Passage(3) with { Account = Given.Number(9) }, Given.Passage(4) with { Account = null });

        var page = (await journal.History.List(ledger.Account, HistoryFilter.All, HistoryPlace.Newest, 10)).ShouldNotBeNull();

        page.Next.ShouldBeNull();
        page.Records.Count.ShouldBe(3);
        page.Records.Select(record => record.Entry).OfType<Entry>().ToList().ShouldBeSame([ledger.Entries[1], ledger.Entries[0]]);
        page.Records[1].Passage.ShouldBe(passage);
    }

    [Theory, EveryStore]
    [Trait("Rule", "A3")]
    public async Task A_registered_account_without_records_has_an_empty_history_and_another_has_none(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        HistoryFilter[] filters = [HistoryFilter.All, new([HistoryKind.Money]), new([HistoryKind.Passage]), new([], Given.Today), new([], null, Given.Today), new([HistoryKind.Meal], Given.Today, Given.Today)];

        foreach (var filter in filters)
        {
            var page = (await journal.History.List(Given.Number(), filter, HistoryPlace.Newest, 10)).ShouldNotBeNull();
            page.Records.ShouldBeEmpty();
            page.Next.ShouldBeNull();
            (await journal.History.List(Given.Number(9), filter, HistoryPlace.Newest, 10)).ShouldBeNull();
        }

        (await journal.History.FindZone(Given.Number())).ShouldBe(Given.Zone);
        (await journal.History.FindZone(Given.Number(9))).ShouldBeNull();
    }

    [Theory, EveryStore]
    [Trait("Rule", "A3")]
    public async Task Rare_records_of_a_long_ledger_are_found_in_bounded_steps_and_in_order(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        // Every 700th is a top-up: some pages look at as much as they may without filling up.
        for (var i = 0; i < 3_500; i++)
        {
            if (i % 700 == 0) ledger.TopUp();
            else ledger.ChangeLimit();
        }

        await journal.Register(new AccountRow(1, Given.Account()));
        foreach (var entries in ledger.Entries.Chunk(500)) (await journal.Writer.Append(new AccountAppend(entries))).ShouldBe(AppendOutcome.Committed);
        var passages = Enumerable.Range(1, 35).Select(n => Given.Passage(n) with { RecordedAt = Given.Morning + Duration.FromMinutes(n * 100 - 50) }).ToList();
        await journal.Commit(passages);
        var filter = new HistoryFilter([HistoryKind.Money, HistoryKind.Passage]);

        var first = (await journal.History.List(ledger.Account, filter, HistoryPlace.Newest, 50)).ShouldNotBeNull();
        var read = await journal.Records(ledger.Account, filter, pageSize: 50);

        // The newest thousand entries have one top-up and reach back over ten passages.
        first.Records.Count.ShouldBe(1 + 10);
        first.Next.ShouldNotBeNull().BeforeEntry.ShouldBe(3_501 - HistoryReader.ExaminedMax);
        read.Count.ShouldBe(5 + 35);
        read.Select(record => record.RecordedAt).ShouldBeInOrder(SortDirection.Descending);
        (await journal.Records(ledger.Account, filter, pageSize: 1)).ShouldBe(read, new SameKey());
    }

    [Theory, EveryStore]
    [Trait("Rule", "A4")]
    public async Task A_report_of_an_old_day_reads_its_own_rows_and_the_newest_balance(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var ledger = new Ledger();
        for (var day = 0; day < 60; day++)
        {
            for (var n = 0; n < 10; n++)
            {
                var entry = ledger.TopUp(100);
                var at = Given.Morning + Duration.FromDays(day) + Duration.FromMinutes(n);
                await journal.Commit(entry with { RecordedAt = at, EventAt = at, LimitDay = Given.Today.PlusDays(day) });
            }

            await journal.Commit(Given.Passage(day + 1) with { RecordedAt = Given.Morning + Duration.FromDays(day), EventAt = Given.Morning + Duration.FromDays(day) });
        }

        var facts = (await journal.History.Read(ledger.Account, ReportDays.Day(Given.Today.PlusDays(5), Given.Zone).Span)).ShouldNotBeNull().Facts;

        facts.Entries[0].Seq.ShouldBe(50);
        facts.Entries[^1].Seq.ShouldBe(600);
        facts.Entries.Select(entry => entry.Seq).ShouldBeInOrder();
        // Until what is sold on the day can no longer be taken back, and two days more.
        facts.Entries.Count.ShouldBeInRange(2 + 10 * AccountRules.ReversalDaysMax, 2 + 10 * (AccountRules.ReversalDaysMax + 3));
        facts.Passages.Count.ShouldBeInRange(3, 5);

        // Whether the first entry is among the newest few or far back.
        for (var day = 0; day < 60; day++)
        {
            var read = (await journal.History.Read(ledger.Account, ReportDays.Day(Given.Today.PlusDays(day), Given.Zone).Span)).ShouldNotBeNull().Facts.Entries.Select(entry => entry.Seq).ToList();
            read[0].ShouldBe(Math.Max(1, day * 10), $"day {day}: the last entry before it, if there is one");
            read[..^1].ShouldBe(Enumerable.Range(0, read.Count - 1).Select(n => read[0] + n));
            read[^1].ShouldBe(600);
        }
    }

    [Theory, EveryStore]
    [Trait("Rule", "A4")]
    [Trait("Rule", "P5")]
    public async Task A_report_hears_of_what_nobody_walked_through_however_late_the_gate_told(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var exit = Given.Passage(2) with { Direction = Direction.Out, EventAt = Given.Morning + Duration.FromHours(3), RecordedAt = Given.Morning + Duration.FromHours(3) };
        await journal.Commit(Given.Passage(), exit);
        var (day, late) = (ReportDays.Day(Given.Today, Given.Zone), Given.Morning + Duration.FromDays(100));
        (await Hours()).ShouldBe(3);

        await journal.Commit(Given.NotPassed(3, 1) with { EventAt = late, RecordedAt = late, Outcome = PassageOutcome.Refused });
        await journal.Commit(Given.NotPassed(4, 1) with { EventAt = late, RecordedAt = late, Account = Given.Number(9) });
        (await Hours()).ShouldBe(3);
        await journal.Commit(Given.NotPassed(5, 1) with { EventAt = late, RecordedAt = late });
        (await Hours()).ShouldBe(0);

        async Task<double> Hours() => DayReport.Of(day, (await journal.History.Read(Given.Number(), day.Span)).ShouldNotBeNull().Facts, late).Inside.TotalHours;
    }

    [Theory, EveryStore]
    [Trait("Rule", "A4")]
    public async Task No_report_is_made_of_more_than_some_thousand_rows(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Register(new AccountRow(1, Given.Account()));
        var entries = Enumerable.Range(1, HistoryReader.ReportRowsMax).Select(seq => Given.Entry(seq: seq)).ToList();
        foreach (var some in entries.Chunk(2_000)) await journal.Writer.Append(new AccountAppend(some));

        (await Should.ThrowAsync<ReportTooLargeException>(journal.History.Read(Given.Number(), ReportDays.Day(Given.Today, Given.Zone).Span))).Message.ShouldContain("ListHistory");
        (await journal.History.Read(Given.Number(), ReportDays.Day(Given.Today.PlusDays(9), Given.Zone).Span)).ShouldNotBeNull().Facts.Entries.ShouldHaveSingleItem();
    }

    private sealed class SameKey : IEqualityComparer<HistoryRecord>
    {
        public bool Equals(HistoryRecord a, HistoryRecord b) => GetHashCode(a) == GetHashCode(b);

        public int GetHashCode(HistoryRecord record) => HashCode.Combine(record.Entry?.Seq, record.Passage?.Building, record.Passage?.Seq);
    }
}
