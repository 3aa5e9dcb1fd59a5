using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

public sealed class GroupCommitTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly JournalMetrics _metrics = new();
    private readonly JournalOptions _options = new() { BatchSizeMax = 5, QueueMax = 8, DeadlineMilliseconds = 10_000 };
    private readonly ShiftedTime _time = new();
    private readonly JournalHealth _health;
    private readonly GroupCommit _journal;
    private bool _isDatabaseUp = true;

    public GroupCommitTests()
    {
        _health = new JournalHealth(
            _ => _isDatabaseUp ? Task.CompletedTask : throw new IOException("Down."), TimeSpan.FromSeconds(1), TimeProvider.System, NullLogger.Instance);
        _journal = new GroupCommit([_store], _health, _metrics, _options, _time, NullLogger<GroupCommit>.Instance);
        _journal.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _store.LetGo();
        await _journal.Stop();
        await _health.DisposeAsync();
        _metrics.Dispose();
    }

    [Fact]
    public async Task What_gathers_while_a_commit_runs_is_one_batch()
    {
        var first = await AppendAndHold();
        var gathered = Enumerable.Range(2, 4).Select(serial => Append(serial)).ToList();
        _store.LetGo();

        (await Task.WhenAll([first, .. gathered])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);

        _store.Batches.Select(batch => batch.Length).ShouldBe([1, 4]);
        _metrics.Batches.ShouldBe(2);
        _metrics.Appends.ShouldBe(5);
    }

    [Fact]
    public async Task A_lonely_append_waits_for_nobody()
    {
        (await Append(1)).ShouldBe(AppendOutcome.Committed);
        (await Append(2)).ShouldBe(AppendOutcome.Committed);

        _store.Batches.Select(batch => batch.Length).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_batch_is_never_larger_than_its_limit()
    {
        var first = await AppendAndHold();
        var gathered = Enumerable.Range(2, 8).Select(serial => Append(serial)).ToList();
        _store.LetGo();
        await Task.WhenAll([first, .. gathered]);

        _store.Batches.Select(batch => batch.Length).ShouldBe([1, 5, 3]);
    }

    [Fact]
    public async Task A_batch_is_sorted_by_key_accounts_before_buildings()
    {
        var first = await AppendAndHold();
        Task[] gathered =
        [
            _journal.Append(new BuildingAppend(Given.Passage(seq: 2))).AsTask(), Append(9), Append(3, seq: 2), Append(3), _journal.Append(new BuildingAppend(Given.Passage())).AsTask(),
        ];
        _store.LetGo();
        await Task.WhenAll([first, .. gathered]);

        _store.Batches[1].ShouldBe(
        [
            new JournalKey(JournalStream.Account, Given.Number(3).Value, 1), new JournalKey(JournalStream.Account, Given.Number(3).Value, 2),
            new JournalKey(JournalStream.Account, Given.Number(9).Value, 1),
            new JournalKey(JournalStream.Building, 1501, 1), new JournalKey(JournalStream.Building, 1501, 2),
        ]);
    }

    [Fact]
    public async Task A_full_queue_refuses_one_more_at_once()
    {
        var first = await AppendAndHold();
        var gathered = Enumerable.Range(2, 8).Select(serial => Append(serial)).ToList();

        Should.Throw<JournalOverloadedException>(() => { _ = _journal.Append(new AccountAppend(Given.Entry(99))).AsTask(); }).Message.ShouldContain("8 appends wait");

        _store.LetGo();
        (await Task.WhenAll([first, .. gathered])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        _store.Rows.Count.ShouldBe(9);
    }

    [Fact]
    public async Task What_has_waited_too_long_for_its_turn_is_turned_away_untouched_and_the_rest_is_committed()
    {
        var first = await AppendAndHold();
        var late = Append(2);
        _time.Advance(_options.WaitMax + TimeSpan.FromSeconds(1));
        var fresh = Append(3);
        _store.LetGo();

        (await first, await fresh).ShouldBe((AppendOutcome.Committed, AppendOutcome.Committed));
        (await Should.ThrowAsync<JournalOverloadedException>(late)).Message.ShouldContain("repeat a little later");
        _store.Rows.Keys.Select(key => key.Id).ShouldBe([Given.Number(1).Value, Given.Number(3).Value], ignoreOrder: true);
        _health.IsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task What_waited_too_long_because_the_database_broke_hears_that_it_is_unavailable()
    {
        var first = await AppendAndHold();
        _store.CommitFaults.Enqueue(Fault.After);
        var late = Append(2);
        _time.Advance(_options.WaitMax + TimeSpan.FromSeconds(1));
        _store.LetGo();

        (await first).ShouldBe(AppendOutcome.Committed);
        await Should.ThrowAsync<JournalUnavailableException>(late);
        _store.Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_waited_too_long_for_nobody_hears_that_it_is_unavailable_for_nothing_is_overloaded()
    {
        _time.AdvanceAfterNextLook(_options.WaitMax + TimeSpan.FromSeconds(1));
        var alone = Append(1);

        (await Should.ThrowAsync<JournalUnavailableException>(alone)).Message.ShouldContain("stood still");
        _store.Batches.ShouldBeEmpty();
        _health.IsUp.ShouldBeTrue();
        (await Append(1)).ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task Stopping_answers_everything_taken_and_takes_no_more()
    {
        var first = await AppendAndHold();
        var gathered = Enumerable.Range(2, 7).Select(serial => Append(serial)).ToList();

        var stopped = _journal.Stop();
        Should.Throw<JournalUnavailableException>(() => { _ = _journal.Append(new AccountAppend(Given.Entry(99))).AsTask(); }).Message.ShouldContain("stopping");
        stopped.IsCompleted.ShouldBeFalse();
        _store.LetGo();
        await stopped;

        (await Task.WhenAll([first, .. gathered])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        _store.Rows.Count.ShouldBe(8);
        Should.Throw<JournalUnavailableException>(() => { _ = _journal.Append(new AccountAppend(Given.Entry(99))).AsTask(); });
    }

    [Fact]
    public async Task One_stale_append_is_found_by_halving_and_is_the_only_one_fenced()
    {
        _store.Rows.Add(new JournalKey(JournalStream.Account, Given.Number(3).Value, 1), Given.Operation());
        var first = await AppendAndHold();
        var (good, stale, last) = (Append(2), Append(3), Append(4));
        _store.LetGo();

        (await first, await good, await stale, await last).ShouldBe(
            (AppendOutcome.Committed, AppendOutcome.Committed, AppendOutcome.Fenced, AppendOutcome.Committed));
        _store.Batches.Select(batch => batch.Length).ShouldBe([1, 3, 1, 2, 1, 1]);
        _metrics.Fenced.ShouldBe(1);
    }

    [Fact]
    public async Task A_poisoned_append_fails_alone_and_the_journal_stays_up()
    {
        _store.Poison.Add(new JournalKey(JournalStream.Account, Given.Number(3).Value, 1));
        var first = await AppendAndHold();
        var (good, poisoned) = (Append(2), Append(3));
        _store.LetGo();

        (await first, await good).ShouldBe((AppendOutcome.Committed, AppendOutcome.Committed));
        await Should.ThrowAsync<JournalPoisonException>(poisoned);
        _health.IsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_appends_for_one_key_in_one_batch_leave_one_committed_and_one_fenced()
    {
        var first = await AppendAndHold();
        var rivals = new[] { Append(2), Append(2) };
        _store.LetGo();
        await first;

        (await Task.WhenAll(rivals)).ShouldBe([AppendOutcome.Committed, AppendOutcome.Fenced], ignoreOrder: true);
    }

    [Fact]
    public async Task While_the_database_is_down_appends_fail_at_once_and_the_store_is_not_asked()
    {
        _isDatabaseUp = false;
        _health.ReportDown(new IOException("Down."));

        Should.Throw<JournalUnavailableException>(() => { _ = _journal.Append(new AccountAppend(Given.Entry())).AsTask(); });
        _store.Batches.ShouldBeEmpty();

        _isDatabaseUp = true;
        await Eventually.Holds(() => _health.IsUp, "the probe knocks until the database answers");
        (await Append(1)).ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task When_the_writer_itself_fails_everything_is_refused_and_the_journal_says_that_only_a_restart_helps()
    {
        var first = await AppendAndHold();
        // No caller can make such an append: it stands for a defect.
        Task<AppendOutcome>[] gathered = [Append(2), _journal.Append(new AccountAppend([null!])).AsTask()];
        _health.IsBroken.ShouldBeFalse();
        _store.LetGo();

        (await first).ShouldBe(AppendOutcome.Committed);
        foreach (var append in gathered) await Should.ThrowAsync<JournalUnavailableException>(append);
        _health.IsBroken.ShouldBeTrue();
        Should.Throw<JournalUnavailableException>(() => { _ = _journal.Append(new AccountAppend(Given.Entry(99))).AsTask(); });
    }

    [Fact]
    public async Task The_lag_of_a_commit_counts_from_when_its_oldest_append_was_handed_over_and_the_queue_is_told()
    {
        var lags = new List<double>();
        var queue = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == _metrics.Meter && instrument.Name is ("zvonok.journal.commit.lag" or "zvonok.journal.queue.length")) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, lag, _, _) => lags.Add(lag));
        listener.SetMeasurementEventCallback<int>((_, length, _, _) => queue = length);
        listener.Start();

        var first = await AppendAndHold();
        var oldest = Append(2);
        _time.Advance(TimeSpan.FromSeconds(3));
        var youngest = Append(3);
        listener.RecordObservableInstruments();
        queue.ShouldBe(2);
        _store.LetGo();
        await Task.WhenAll(first, oldest, youngest);

        lags.Count.ShouldBe(2);
        lags[1].ShouldBeInRange(3, 6);
        listener.RecordObservableInstruments();
        queue.ShouldBe(0);
    }

    private Task<AppendOutcome> Append(long serial, long seq = 1) => _journal.Append(new AccountAppend(Given.Entry(serial, seq))).AsTask();

    private async Task<Task<AppendOutcome>> AppendAndHold()
    {
        _store.Hold();
        var first = Append(1);
        await _store.CommitBegun();
        return first;
    }
}
