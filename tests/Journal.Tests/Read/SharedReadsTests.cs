using Zvonok.Domain.Reports;
using Zvonok.Journal.Read;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

/// <summary>Reads that wait at the same time go to the database together.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "A3")]
[Trait("Rule", "A4")]
public sealed class SharedReadsTests(Databases databases)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory, EveryStore]
    public async Task Everybody_has_their_own_rows_however_many_ask_at_once(Store store)
    {
        await using var journal = await databases.Open(store);
        var accounts = Enumerable.Range(1, 20).ToList();
        foreach (var serial in accounts)
        {
            await journal.Register(new AccountRow(1, Given.Account(serial)));
            await journal.Writer.Append(new AccountAppend([.. Enumerable.Range(1, serial).Select(seq => Given.Entry(serial, seq))]));
        }

        var pages = accounts.ToDictionary(serial => serial, serial => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => journal.History.List(Given.Number(serial), HistoryFilter.All, HistoryPlace.Newest, 100))));
        var reports = accounts.ToDictionary(serial => serial, serial => journal.History.Read(Given.Number(serial), ReportDays.Day(Given.Today, Given.Zone).Span));
        var unknown = journal.History.Read(Given.Number(99), ReportDays.Day(Given.Today, Given.Zone).Span);

        foreach (var serial in accounts)
        {
            foreach (var page in await pages[serial])
                page.ShouldNotBeNull().Records.Select(record => (record.Entry!.Account, record.Entry.Seq)).ShouldBe(Enumerable.Range(1, serial).Reverse().Select(seq => (Given.Number(serial), (long)seq)));
            (await reports[serial]).ShouldNotBeNull().Facts.Entries.ShouldAllBe(entry => entry.Account == Given.Number(serial));
        }

        (await unknown).ShouldBeNull();
    }

    [Fact]
    public async Task A_row_that_cannot_be_understood_is_its_own_readers_trouble()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var reads = new SharedReads(journal.Database.Source, Patience, lanes: 1);
        var busy = reads.Fill(CancellationToken.None, Number("select 1 from pg_sleep(0.3)"));
        var (good, bad, other) = (Number("select 1 union all select 2"), new Selection<int>("select 3", _ => throw new InvalidDataException("A format of tomorrow.")), Number("select 4"));

        var (first, broken, last) = (reads.Fill(CancellationToken.None, good), reads.Fill(CancellationToken.None, bad), reads.Fill(CancellationToken.None, other));

        await Task.WhenAll(busy, first, last);
        good.Rows.ShouldBe([1, 2]);
        other.Rows.ShouldBe([4]);
        (await Should.ThrowAsync<InvalidDataException>(broken)).Message.ShouldBe("A format of tomorrow.");
    }

    [Fact]
    public async Task Who_waits_no_longer_is_not_asked_for()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var reads = new SharedReads(journal.Database.Source, Patience, lanes: 1);
        var busy = reads.Fill(CancellationToken.None, Number("select 1 from pg_sleep(0.3)"));
        await Task.Delay(100);
        using var gone = new CancellationTokenSource();
        var late = Number("select 2");
        _ = reads.Fill(gone.Token, late);
        await gone.CancelAsync();

        await busy;
        var after = Number("select 3");
        await reads.Fill(CancellationToken.None, after);

        after.Rows.ShouldBe([3]);
        late.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Beyond_a_bound_readers_are_turned_away_at_once_and_those_who_wait_are_answered()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var reads = new SharedReads(journal.Database.Source, Patience, lanes: 1);
        var busy = reads.Fill(CancellationToken.None, Number("select 1 from pg_sleep(1)"));
        await Task.Delay(100);
        var waiting = new List<Task>();

        var refused = Should.Throw<JournalOverloadedException>(() =>
        {
            while (waiting.Count < 1_000_000) waiting.Add(reads.Fill(CancellationToken.None, Number("select 2")));
        });

        refused.Message.ShouldContain("repeat a little later");
        await Task.WhenAll([busy, .. waiting]);
    }

    private static Selection<int> Number(string sql) => new(sql, row => row.GetInt32(0));
}
