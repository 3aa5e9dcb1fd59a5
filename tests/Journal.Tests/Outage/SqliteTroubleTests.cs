using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Outage;

/// <summary>SQLite's file is in somebody else's hands, or its disk is full.</summary>
[Collection(Alone.Name)]
public sealed class SqliteTroubleTests : IAsyncLifetime
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"zvonok-sqlite-trouble-{Guid.NewGuid():N}");
    private TestJournal _journal = null!;

    public async Task InitializeAsync()
    {
        _journal = new TestJournal(new JournalOptions { DataDirectory = _directory });
        await _journal.Prepare();
        _journal.Writer.Start();
        await _journal.Register(new AccountRow(1, Given.Account()));
        await _journal.Commit(Given.Entry());
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Another_programs_lock_is_told_in_time_and_reads_go_on_and_all_recovers_with_it()
    {
        // Another program, as far as SQLite is concerned: a connection outside of our pool.
        await using var other = new SqliteConnection($"{_journal.Database.Source.ConnectionString};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction(deferred: false);

        var started = Stopwatch.GetTimestamp();
        var waiting = Enumerable.Range(2, 5).Select(serial => _journal.Writer.Append(new AccountAppend(Given.Entry(serial))).AsTask()).ToList();
        (await _journal.Reader.LoadAccount(Given.Number())).ShouldNotBeNull().Newest.ShouldHaveSingleItem();
        foreach (var append in waiting) await Should.ThrowAsync<JournalUnavailableException>(append);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AnswerMax);

        await transaction.RollbackAsync();
        await WritesAgain(20);
        (await _journal.Number("select count(*) from entry where account <> " + Given.Number())).ShouldBeInRange(1, 6);
    }

    [Fact]
    public async Task A_lock_that_ends_before_the_deadline_costs_nothing_but_time()
    {
        await using var other = new SqliteConnection($"{_journal.Database.Source.ConnectionString};Pooling=False");
        await other.OpenAsync();
        var transaction = other.BeginTransaction(deferred: false);
        var append = _journal.Writer.Append(new AccountAppend(Given.Entry(2))).AsTask();

        append.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync();

        (await append).ShouldBe(AppendOutcome.Committed);
        _journal.Health.IsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task A_full_disk_is_told_in_time_and_nothing_is_half_written_and_all_recovers()
    {
        // The writer's connection is drawn from the pool after this one went back to it, with its limit on pages still on.
        await _journal.DisposeAsync();
        _journal = new TestJournal(new JournalOptions { DataDirectory = _directory });
        await _journal.Sql("pragma max_page_count = 1");
        _journal.Writer.Start();

        var lines = Enumerable.Repeat(Given.Lunch with { ProductCode = new string('X', 32) }, 50).ToArray();
        Entry Long(long seq) => Given.Entry(7, seq) with { Lines = lines };

        var seq = 1L;
        var started = Stopwatch.GetTimestamp();
        var failure = await Record.ExceptionAsync(async () =>
        {
            for (; seq < 1_000; seq += 3)
            {
                started = Stopwatch.GetTimestamp();
                (await _journal.Writer.Append(new AccountAppend([Long(seq), Long(seq + 1), Long(seq + 2)]))).ShouldBe(AppendOutcome.Committed);
            }
        });

        failure.ShouldBeOfType<JournalUnavailableException>().InnerException.ShouldBeOfType<SqliteException>().SqliteErrorCode.ShouldBe(13);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(AnswerMax);
        (await _journal.Entries(Given.Number(7))).Count.ShouldBe((int)seq - 1);

        // Room again.
        SqliteConnection.ClearAllPools();
        await WritesAgain(20);
        (await _journal.Auditor.Run(_ => { }, CancellationToken.None)).Single(finding => finding.Name.StartsWith("Entries are", StringComparison.Ordinal)).IsClean.ShouldBeTrue();
    }

    private async Task WritesAgain(long serial) => await Eventually.Holds(
        async () =>
        {
            try
            {
                return await _journal.Writer.Append(new AccountAppend(Given.Entry(serial))) == AppendOutcome.Committed;
            }
            catch (JournalUnavailableException)
            {
                return false;
            }
        },
        "appends are taken again");
}
