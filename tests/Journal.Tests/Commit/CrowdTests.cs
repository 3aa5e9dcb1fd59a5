using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

/// <summary>What has become a crowd has a transaction of its own beside the one that runs.</summary>
public sealed class CrowdTests : IAsyncDisposable
{
    private const int Crowd = 3;
    private readonly FakeStore _first = new();
    private readonly FakeStore _second = new();
    private readonly JournalMetrics _metrics = new();
    private readonly JournalOptions _options = new() { BatchSizeMax = 5, QueueMax = 20, CrowdMin = Crowd, DeadlineMilliseconds = 10_000 };
    private readonly ShiftedTime _time = new();
    private readonly JournalHealth _health = new(_ => Task.CompletedTask, TimeSpan.FromSeconds(1), TimeProvider.System, NullLogger.Instance);
    private readonly GroupCommit _journal;

    public CrowdTests()
    {
        _journal = new GroupCommit([_first, _second], _health, _metrics, _options, _time, NullLogger<GroupCommit>.Instance);
        _journal.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _first.LetGo();
        _second.LetGo();
        await _journal.Stop();
        await _health.DisposeAsync();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_crowd_does_not_wait_for_the_transaction_that_runs()
    {
        var held = await AppendAndHold();
        var crowd = Enumerable.Range(2, Crowd).Select(serial => Append(serial)).ToList();

        (await Task.WhenAll(crowd)).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);

        held.IsCompleted.ShouldBeFalse();
        _second.Batches.Select(batch => batch.Length).ShouldBe([Crowd]);
        _first.LetGo();
        (await held).ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task Fewer_wait_for_the_next_one()
    {
        var held = await AppendAndHold();
        var few = Enumerable.Range(2, Crowd - 1).Select(serial => Append(serial)).ToList();
        _first.LetGo();

        (await Task.WhenAll([held, .. few])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);

        _first.Batches.Select(batch => batch.Length).ShouldBe([1, Crowd - 1]);
        _second.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Crowd_after_crowd_is_committed_while_the_first_transaction_lasts()
    {
        var held = await AppendAndHold();
        for (var crowd = 0; crowd < 4; crowd++)
            await Task.WhenAll(Enumerable.Range(2 + crowd * Crowd, Crowd).Select(serial => Append(serial)));

        held.IsCompleted.ShouldBeFalse();
        _second.Rows.Count.ShouldBe(4 * Crowd);
    }

    [Fact]
    public async Task A_crowd_that_waits_for_both_is_split_between_them_and_nothing_is_committed_twice()
    {
        var held = await AppendAndHold();
        _second.Hold();
        var crowd = Enumerable.Range(2, Crowd).Select(serial => Append(serial)).ToList();
        await _second.CommitBegun();
        var waiting = Enumerable.Range(10, 10).Select(serial => Append(serial)).ToList();
        _first.LetGo();
        _second.LetGo();

        (await Task.WhenAll([held, .. crowd, .. waiting])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        _first.Rows.Keys.Concat(_second.Rows.Keys).Count().ShouldBe(1 + Crowd + 10);
    }

    [Fact]
    public async Task Stopping_answers_both_transactions_and_what_waits_behind_them()
    {
        var held = await AppendAndHold();
        _second.Hold();
        var crowd = Enumerable.Range(2, Crowd).Select(serial => Append(serial)).ToList();
        await _second.CommitBegun();
        var rest = Append(9);

        var stopped = _journal.Stop();
        stopped.IsCompleted.ShouldBeFalse();
        _first.LetGo();
        _second.LetGo();
        await stopped;

        (await Task.WhenAll([held, .. crowd, rest])).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
    }

    [Fact]
    public async Task What_waits_too_long_behind_a_transaction_for_a_crowd_to_come_hears_of_overload()
    {
        var held = await AppendAndHold();
        var late = Append(2);
        _time.Advance(_options.WaitMax + TimeSpan.FromSeconds(1));
        var crowd = Enumerable.Range(3, Crowd - 1).Select(serial => Append(serial)).ToList();

        (await Task.WhenAll(crowd)).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        await Should.ThrowAsync<JournalOverloadedException>(late);
        _first.LetGo();
        (await held).ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    public async Task Who_finds_an_unknown_outcome_beside_another_transaction_asks_its_own_store()
    {
        _second.CommitFaults.Enqueue(Fault.After);
        var held = await AppendAndHold();

        (await Task.WhenAll(Enumerable.Range(2, Crowd).Select(serial => Append(serial)))).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);

        _second.Rows.Count.ShouldBe(Crowd);
        _first.LetGo();
        (await held).ShouldBe(AppendOutcome.Committed);
    }

    private async Task<Task<AppendOutcome>> AppendAndHold()
    {
        _first.Hold();
        var append = Append(1);
        await _first.CommitBegun();
        return append;
    }

    private Task<AppendOutcome> Append(long serial) => _journal.Append(new AccountAppend(Given.Entry(serial))).AsTask();
}
