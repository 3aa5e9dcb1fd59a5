using Npgsql;
using Zvonok.Grains.Reports;
using Zvonok.Journal.Reports;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Reports;

/// <summary>Reports have limits, and what goes wrong with them is theirs alone.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "M14")]
public sealed class ReportLimitTests(Databases databases)
{
    private const string Endless = "with recursive numbers (n) as (select 1 union all select 1 from numbers) select count(*) from numbers";

    [Theory, EveryStore]
    [Trait("Rule", "D3")]
    public async Task More_reports_than_are_read_at_a_time_are_turned_away_until_one_has_ended(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(new Ledger().TopUp());
        var reading = Enumerable.Range(0, ReportReader.ReportsMax).Select(_ => journal.Reports.ReadTrialBalance(default).GetAsyncEnumerator()).ToList();
        foreach (var report in reading) (await report.MoveNextAsync()).ShouldBeTrue();

        await Should.ThrowAsync<JournalOverloadedException>(() => journal.Reports.ReadTrialBalance(default).ToListAsync().AsTask());

        await reading[0].DisposeAsync();
        (await journal.Reports.ReadTrialBalance(default).ToListAsync()).Count.ShouldBe(3);
        await reading[1].DisposeAsync();
    }

    [Theory, EveryStore]
    public async Task Whoever_has_gone_is_read_for_no_longer(Store store)
    {
        await using var journal = await databases.Open(store);
        using var stop = new CancellationTokenSource();

        var reading = journal.Database.ReadAtLength(() => ReportRows.Open(journal.Database, Endless, [], stop.Token));
        stop.CancelAfter(TimeSpan.FromMilliseconds(200));

        var ended = await Should.ThrowAsync<Exception>(() => reading.WaitAsync(TimeSpan.FromSeconds(30)));
        ended.ShouldNotBeOfType<TimeoutException>();
    }

    [Theory, EveryStore]
    public async Task Who_gives_up_is_told_nothing_of_the_database(Store store)
    {
        await using var journal = await databases.Open(store);

        await Should.ThrowAsync<OperationCanceledException>(() => journal.Reports.ReadTrialBalance(new CancellationToken(canceled: true)).ToListAsync().AsTask());
    }

    [Fact]
    public async Task A_report_that_takes_too_long_says_so_and_sales_are_recorded_all_the_same()
    {
        var options = await databases.NewDatabase(Store.Postgres);
        options.ReportSecondsMax = 1;
        await using var journal = new TestJournal(options);
        await journal.Prepare();
        journal.Writer.Start();
        await using var connection = new NpgsqlConnection(options.ConnectionString);
        await connection.OpenAsync();
        // Nobody reads the devices meanwhile, and the claims report wants to.
        await using (var hold = await connection.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand("lock table device", connection, hold);
            await command.ExecuteNonQueryAsync();

            (await Should.ThrowAsync<JournalUnavailableException>(() => Claims(journal))).Message.ShouldContain("1 seconds");
            await journal.Commit(new Ledger().TopUp());
        }

        journal.Health.IsUp.ShouldBeTrue();
        (await Claims(journal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_told_of_in_words()
    {
        await using var journal = new TestJournal(new JournalOptions { ConnectionString = "Host=127.0.0.1;Port=1;Database=zvonok" });

        await Should.ThrowAsync<JournalUnavailableException>(() => Claims(journal));
        journal.Health.IsUp.ShouldBeTrue();
    }

    /// <summary>Tables of a test are too small for an index, so the planner is told that there is no other way.</summary>
    [Theory]
    [InlineData("settlement")]
    [InlineData("claims")]
    public async Task The_rows_of_a_day_are_found_by_an_index(string report)
    {
        await using var journal = await databases.Open(Store.Postgres);
        var sql = report == "settlement"
            ? ReportSql.Settlement.Replace("@from", "timestamptz '2026-09-01'").Replace("@until", "timestamptz '2026-09-02'").Replace("@first", "1").Replace("@last", "2")
            : ReportSql.Claims.Replace("@first", "date '2026-09-01'").Replace("@last", "date '2026-09-01'").Replace("@funder", "0");
        await using var connection = (NpgsqlConnection)await journal.Database.Source.OpenConnectionAsync();
        await using (var set = new NpgsqlCommand("set enable_seqscan = off; set enable_indexscan = off", connection)) await set.ExecuteNonQueryAsync();
        await using var explain = new NpgsqlCommand($"explain {sql}", connection);
        var plan = new List<string>();
        await using (var rows = await explain.ExecuteReaderAsync())
            while (await rows.ReadAsync()) plan.Add(rows.GetString(0));

        plan.ShouldContain(line => line.Contains("Bitmap Index Scan on entry_days", StringComparison.Ordinal), string.Join('\n', plan));
    }

    private static async Task<List<ClaimsLine>> Claims(TestJournal journal) => await journal.Reports.ReadClaims(null, Given.Today, Given.Today, default).ToListAsync();
}
