using Zvonok.Domain.Reports;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Read;

/// <summary>How the server gets at the rows of a history: it counts the tables that it reads from end to end.</summary>
[Collection(OnEveryStore.Name)]
public sealed class HistoryPlanTests(Databases databases)
{
    private const string Scans = "select coalesce(sum(seq_scan), 0) from pg_stat_user_tables where relname in ('entry', 'passage')";

    [Fact]
    [Trait("Rule", "A3")]
    [Trait("Rule", "A4")]
    public async Task No_history_and_no_report_reads_a_table_from_end_to_end()
    {
        var options = await databases.NewDatabase(Store.Postgres);
        await using (var journal = await Open(options))
        {
            await journal.Register(new AccountRow(1, Given.Account(1)));
            await journal.Sql($"""
                insert into entry (account, seq, operation, fingerprint, amount, contra, meal_after, transport_after, spent_after, event_at, recorded_at, made_until, limit_day, device, kind, purse)
                select {Given.Number(1).Value} + owner, seq, gen_random_uuid(), 1, 1, 1, 1, 1, 1, at, at, at, at::date, 1, 3, 1
                from generate_series(0, 499) owner, generate_series(1, 60) seq, lateral (select timestamptz '2026-09-01 06:00Z' + interval '1 hour' * seq as at) moment
                """);
            await journal.Sql($"""
                insert into passage (building, seq, operation, fingerprint, event_at, recorded_at, made_until, device, kind, mode_after, outcome, flag, refusal, direction, account)
                select 1501, seq, gen_random_uuid(), 1, at, at, at, 1, 1, 1, 1, 0, 0, 1, {Given.Number(1).Value} + seq % 500
                from generate_series(1, 20000) seq, lateral (select timestamptz '2026-09-01 06:00Z' + interval '10 seconds' * seq as at) moment
                """);
            await journal.Sql("analyze");
        }

        var before = await Count(options);
        await ReadAll(options);
        (await Count(options)).ShouldBe(before);

        await using (var journal = await Open(options)) await journal.Sql("drop index passage_account");
        await ReadAll(options);
        (await Count(options)).ShouldBeGreaterThan(before, "Without the index this test has to fail.");
    }

    private static async Task ReadAll(JournalOptions options)
    {
        await using var journal = await Open(options);
        foreach (var filter in (HistoryFilter[])
                 [
                     HistoryFilter.All, new([HistoryKind.Money, HistoryKind.Passage]), new([HistoryKind.Passage], Given.Today, Given.Today), new([HistoryKind.Money], Given.Today.PlusDays(1)),
                     new([], null, Given.Today),
                 ])
            (await journal.Records(Given.Number(1), filter, pageSize: 7)).ShouldNotBeEmpty();
        (await journal.History.Read(Given.Number(1), ReportDays.Day(Given.Today, Given.Zone).Span)).ShouldNotBeNull().Facts.Entries.ShouldNotBeEmpty();
        (await journal.History.Read(Given.Number(1), ReportDays.Week(Given.Today, Given.Zone).Span)).ShouldNotBeNull().Facts.Passages.ShouldNotBeEmpty();
    }

    private static async Task<TestJournal> Open(JournalOptions options)
    {
        var journal = new TestJournal(options);
        await journal.Prepare();
        journal.Writer.Start();
        return journal;
    }

    // What a connection has counted is told when it ends.
    private static async Task<long> Count(JournalOptions options)
    {
        await using var journal = new TestJournal(options);
        await Eventually.Holds(async () => await journal.Number("select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()") == 0, "the others have gone");
        return await journal.Number(Scans);
    }
}
