using System.Diagnostics;
using Zvonok.Domain.Reports;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Outage;

/// <summary>The server goes away under a running journal and comes back.</summary>
[Collection(Alone.Name)]
public sealed class PostgresOutageTests : IAsyncLifetime
{
    /// <summary>The bound that every caller is promised.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);

    private TemporaryPostgres _postgres = null!;
    private TestJournal _journal = null!;

    public async Task InitializeAsync()
    {
        _postgres = await TemporaryPostgres.Start();
        _journal = new TestJournal(new JournalOptions { ConnectionString = await _postgres.CreateDatabase("zvonok") });
        await _journal.Prepare();
        _journal.Writer.Start();
        await _journal.Register(
            new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()), new CardRow(3, Given.Card()),
            new DeviceRow(4, new Device(new DeviceId(5), DeviceKind.Gate, Given.School, ContraAccount.None)));
        await _journal.Commit(Given.Entry());
    }

    public async Task DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_stopped_server_is_told_to_every_caller_within_two_seconds_and_all_recovers()
    {
        await _postgres.StopImmediately();
        await EveryCallIsUnavailableInTime();
        await OnceKnownAppendsAndReadsFailAtOnce();

        await _postgres.StartAgain();
        await AllWorksAgain();
    }

    [Fact]
    public async Task A_server_that_hangs_is_told_to_every_caller_within_two_seconds_and_all_recovers()
    {
        await _postgres.Freeze();
        try
        {
            await EveryCallIsUnavailableInTime();
            await OnceKnownAppendsAndReadsFailAtOnce();
        }
        finally
        {
            await _postgres.Thaw();
        }

        await AllWorksAgain();
    }

    [Fact]
    public async Task Under_load_every_append_has_its_answer_in_time_and_nothing_committed_is_missing_after_a_crash()
    {
        using var stop = new CancellationTokenSource();
        var committed = new List<(long Serial, long Seq)>[16];
        var longest = new TimeSpan[16];
        var writers = Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            committed[writer] = [];
            for (var seq = 1L; !stop.IsCancellationRequested;)
            {
                var started = Stopwatch.GetTimestamp();
                var outcome = await Outcome(() => _journal.Writer.Append(new AccountAppend(Given.Entry(1_000 + writer, seq))).AsTask());
                longest[writer] = TimeSpan.FromTicks(Math.Max(longest[writer].Ticks, Stopwatch.GetElapsedTime(started).Ticks));
                if (outcome == AppendOutcome.Committed) committed[writer].Add((1_000 + writer, seq));
                // Fenced: an append that was answered with "unknown" has landed; whoever knows that goes on after it.
                if (outcome is not null) seq++;
                else await Task.Yield();
            }
        })).ToList();

        for (var outage = 0; outage < 2; outage++)
        {
            var before = _journal.Metrics.Appends;
            await Eventually.Holds(() => _journal.Metrics.Appends > before + 500, "load runs");
            await _postgres.StopImmediately();
            await Eventually.Holds(() => !_journal.Health.IsUp, "the outage is noticed");
            await _postgres.StartAgain();
            await Eventually.Holds(() => _journal.Health.IsUp, "the recovery is noticed");
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);

        longest.Max().ShouldBeLessThan(AnswerMax);
        for (var writer = 0; writer < 16; writer++)
        {
            var account = Given.Number(1_000 + writer);
            var stored = (await _journal.Entries(account)).Select(entry => entry.Seq).ToHashSet();
            committed[writer].ShouldAllBe(append => stored.Contains(append.Seq));
            // And no gap: what is there is 1, 2, 3 to the end.
            stored.Max().ShouldBe(stored.Count);
        }
    }

    private async Task EveryCallIsUnavailableInTime()
    {
        var reader = _journal.Reader;
        // Several of a kind, so that some wait behind others; more readers than connections.
        Func<Task>[] kinds =
        [
            () => _journal.Writer.Append(new AccountAppend(Given.Entry(2))).AsTask(),
            () => _journal.Writer.Append(new BuildingAppend(Given.Passage())).AsTask(),
            () => reader.LoadAccount(Given.Number()),
            () => reader.LoadBuilding(Given.School),
            () => reader.LoadCard(Given.Token()),
            () => reader.LoadDevice(new DeviceId(5)),
            () => reader.FindEntry(Given.Number(), Given.Operation()),
            () => reader.ReadSpent(Given.Number(), Given.Today),
            () => _journal.History.List(Given.Number(), HistoryFilter.All, HistoryPlace.Newest, 10),
            () => _journal.History.Read(Given.Number(), ReportDays.Day(Given.Today, Given.Zone).Span),
        ];

        var calls = Enumerable.Repeat(kinds, 4).SelectMany(kind => kind).Select(call => Task.Run(async () =>
        {
            var started = Stopwatch.GetTimestamp();
            await Should.ThrowAsync<JournalUnavailableException>(call);
            return Stopwatch.GetElapsedTime(started);
        }));

        (await Task.WhenAll(calls)).Max().ShouldBeLessThan(AnswerMax);
    }

    private async Task OnceKnownAppendsAndReadsFailAtOnce()
    {
        _journal.Health.IsUp.ShouldBeFalse();
        var batches = _journal.Metrics.Batches;

        // At once is: before the method even returns a task to wait for.
        Should.Throw<JournalUnavailableException>(() => { _ = _journal.Writer.Append(new AccountAppend(Given.Entry(2))).AsTask(); });
        var load = _journal.Reader.LoadAccount(Given.Number());
        load.IsFaulted.ShouldBeTrue();
        await Should.ThrowAsync<JournalUnavailableException>(load);
        _journal.Metrics.Batches.ShouldBe(batches);
    }

    private async Task AllWorksAgain()
    {
        await Eventually.Holds(() => _journal.Health.IsUp, "the probe knocks until the server answers");
        await Eventually.Holds(
            async () => await Outcome(() => _journal.Writer.Append(new AccountAppend(Given.Entry(3))).AsTask()) is not null, "appends are taken again");

        (await _journal.Reader.LoadAccount(Given.Number())).ShouldNotBeNull().Newest.ShouldHaveSingleItem();
        (await _journal.Entries(Given.Number(3))).ShouldHaveSingleItem();
        (await _journal.Auditor.Run(_ => { }, CancellationToken.None)).ShouldAllBe(finding => finding.IsClean);
    }

    private static async Task<AppendOutcome?> Outcome(Func<Task<AppendOutcome>> append)
    {
        try
        {
            return await append();
        }
        catch (Exception failure) when (failure is JournalUnavailableException or JournalOverloadedException)
        {
            return null;
        }
    }
}
