using Npgsql;
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
        await using var busy = await BusyReads.Open(databases);
        var (good, bad, other) = (Number("select 1 union all select 2"), new Selection<int>("select 3", _ => throw new InvalidDataException("A format of tomorrow.")), Number("select 4"));

        var (first, broken, last) = (busy.Reads.Fill(CancellationToken.None, good), busy.Reads.Fill(CancellationToken.None, bad), busy.Reads.Fill(CancellationToken.None, other));
        await busy.LetGo();

        await Task.WhenAll(first, last);
        good.Rows.ShouldBe([1, 2]);
        other.Rows.ShouldBe([4]);
        (await Should.ThrowAsync<InvalidDataException>(broken)).Message.ShouldBe("A format of tomorrow.");
    }

    [Fact]
    public async Task Who_waits_no_longer_is_not_asked_for()
    {
        await using var busy = await BusyReads.Open(databases);
        using var gone = new CancellationTokenSource();
        var (late, after) = (Number("select 2"), Number("select 3"));
        _ = busy.Reads.Fill(gone.Token, late);
        var answered = busy.Reads.Fill(CancellationToken.None, after);
        await gone.CancelAsync();
        await busy.LetGo();

        await answered;
        after.Rows.ShouldBe([3]);
        late.Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Beyond_a_bound_readers_are_turned_away_at_once_and_those_who_wait_are_answered()
    {
        await using var busy = await BusyReads.Open(databases);
        var waiting = new List<Task>();

        var refused = Should.Throw<JournalOverloadedException>(() =>
        {
            while (waiting.Count < 1_000_000) waiting.Add(busy.Reads.Fill(CancellationToken.None, Number("select 2")));
        });

        refused.Message.ShouldContain("repeat a little later");
        await busy.LetGo();
        await Task.WhenAll(waiting);
    }

    private static Selection<int> Number(string sql) => new(sql, row => row.GetInt32(0));

    /// <summary>Reads whose one message is under way, and waits for a lock, until it is let go.</summary>
    private sealed class BusyReads : IAsyncDisposable
    {
        private readonly TestJournal _journal;
        private readonly NpgsqlConnection _holder;
        private readonly Task _underWay;

        private BusyReads(TestJournal journal, NpgsqlConnection holder)
        {
            (_journal, _holder) = (journal, holder);
            Reads = new SharedReads(journal.Database.Source, Patience, lanes: 1);
            _underWay = Reads.Fill(CancellationToken.None, Number("select 1 from (select pg_advisory_xact_lock(1)) as held"));
        }

        public SharedReads Reads { get; }

        public static async Task<BusyReads> Open(Databases databases)
        {
            var journal = await databases.Open(Store.Postgres);
            var holder = new NpgsqlConnection(journal.Options.ConnectionString);
            await holder.OpenAsync();
            await Execute(holder, "select pg_advisory_lock(1)");
            var busy = new BusyReads(journal, holder);
            await journal.LocksAreWaitedFor(1);
            return busy;
        }

        public async Task LetGo()
        {
            await Execute(_holder, "select pg_advisory_unlock(1)");
            await _underWay;
        }

        public async ValueTask DisposeAsync()
        {
            // Where a test has failed before it let go, the lock goes with its connection.
            await _holder.DisposeAsync();
            NpgsqlConnection.ClearPool(_holder);
            await Reads.DisposeAsync();
            await _journal.DisposeAsync();
        }

        private static async Task Execute(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
