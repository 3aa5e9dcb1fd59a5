using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

/// <summary>A store that is deaf to deadlines: a hanging server, a disk that does not come back.</summary>
public sealed class HangingStoreTests : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly JournalMetrics _metrics = new();
    private readonly JournalHealth _health = new(_ => Task.CompletedTask, TimeSpan.FromSeconds(1), TimeProvider.System, NullLogger.Instance);
    private readonly GroupCommit _journal;

    public HangingStoreTests()
    {
        _journal = new GroupCommit(
            [_store], _health, _metrics, new JournalOptions { DeadlineMilliseconds = 1_500 }, TimeProvider.System, NullLogger<GroupCommit>.Instance);
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
    public async Task Callers_have_their_answer_while_the_store_still_hangs()
    {
        _store.Hold();
        var waiting = Append(1);
        await _store.CommitBegun();
        var queued = Append(2);

        await Should.ThrowAsync<JournalUnavailableException>(waiting);
        // Behind the hanging one, the queue is turned away without a try: too late for the deadline, or unavailable.
        var failure = await Record.ExceptionAsync(() => queued);
        (failure is JournalUnavailableException or JournalOverloadedException).ShouldBeTrue($"{failure}");
        _store.Batches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_else_is_given_to_the_store_until_what_hangs_has_ended_and_then_all_goes_on()
    {
        _store.Hold();
        var abandoned = Append(1);
        await Should.ThrowAsync<JournalUnavailableException>(abandoned);

        // The database answers the probe, but the store is still busy with what was abandoned.
        await Eventually.Holds(() => _health.IsUp, "the probe is answered");
        await Should.ThrowAsync<JournalUnavailableException>(Append(2));
        _store.Batches.Count.ShouldBe(1);

        _store.LetGo();
        await Eventually.Holds(() => _store.Rows.Count == 1, "what was abandoned lands after all");
        await Eventually.Holds(async () => await Outcome(3) == AppendOutcome.Committed, "the next append is committed");
        // Exactly what was abandoned and what was committed: the reused list leaked nothing into the late commit.
        _store.Rows.Keys.Select(key => key.Id).ShouldBe([Given.Number(1).Value, Given.Number(3).Value], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_repeats_an_append_that_landed_late_is_fenced_not_doubled()
    {
        _store.Hold();
        await Should.ThrowAsync<JournalUnavailableException>(Append(1));
        _store.LetGo();

        await Eventually.Holds(async () => await Outcome(1) is { } outcome && outcome == AppendOutcome.Fenced, "the row is there");
        _store.Rows.Count.ShouldBe(1);
    }

    private Task<AppendOutcome> Append(long serial) => _journal.Append(new AccountAppend(Given.Entry(serial))).AsTask();

    private async Task<AppendOutcome?> Outcome(long serial)
    {
        try
        {
            return await _journal.Append(new AccountAppend(Given.Entry(serial)));
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }
}
