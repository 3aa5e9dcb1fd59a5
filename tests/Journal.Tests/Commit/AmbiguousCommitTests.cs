using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

/// <summary>The connection breaks while committing: never guess, read back.</summary>
public sealed class AmbiguousCommitTests
{
    [Fact]
    public async Task What_landed_although_the_answer_was_lost_is_committed_and_not_written_again()
    {
        await using var run = new Run([Fault.After], []);

        (await run.Append(1)).ShouldBe(AppendOutcome.Committed);

        run.Store.Batches.Count.ShouldBe(1);
        run.Store.Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_did_not_land_is_tried_again()
    {
        await using var run = new Run([Fault.Before, Fault.Before], []);

        (await run.Append(1)).ShouldBe(AppendOutcome.Committed);

        run.Store.Batches.Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_somebody_else_wrote_meanwhile_is_fenced()
    {
        await using var run = new Run([Fault.Before], []);
        run.Store.Rows.Add(Key(1), Given.Operation());

        (await run.Append(1)).ShouldBe(AppendOutcome.Fenced);
    }

    [Fact]
    public async Task A_read_that_fails_too_is_repeated()
    {
        await using var run = new Run([Fault.After], [Fault.Before, Fault.Before]);

        (await run.Append(1)).ShouldBe(AppendOutcome.Committed);
        run.Store.Batches.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_transaction_that_lands_between_reading_back_and_trying_again_is_ours()
    {
        await using var run = new Run([Fault.Before], []);
        var operation = Given.Operation();
        run.BeforeCommit = attempt => { if (attempt == 2) run.Store.Rows.TryAdd(Key(1), operation); };

        (await run.Append(1, operation)).ShouldBe(AppendOutcome.Committed);

        run.Store.Rows.Count.ShouldBe(1);
        run.Store.Batches.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_an_answer_until_the_deadline_the_outcome_is_unknown_and_said_so()
    {
        await using var run = new Run(Enumerable.Repeat(Fault.Before, 100_000), [], deadline: 500);

        await Should.ThrowAsync<JournalUnavailableException>(run.Append(1));
    }

    [Fact]
    public Task Whatever_breaks_an_append_is_committed_exactly_once_or_fenced_for_anothers_row() =>
        Gen.Select(
            Gen.Int[1, 6].List[1, 12], Gen.Int[1, 6].HashSet[0, 2],
            Gen.Enum<Fault>().List[0, 8], Gen.Enum<Fault>().List[0, 8])
        .SampleAsync(async (serials, rivals, commitFaults, readFaults) =>
        {
            await using var run = new Run(commitFaults, readFaults);
            foreach (var rival in rivals) run.Store.Rows.Add(Key(rival), Given.Operation());
            var appends = serials.Select(serial => (Serial: serial, Operation: Given.Operation())).ToList();

            var outcomes = await Task.WhenAll(appends.Select(append => run.Append(append.Serial, append.Operation)));

            for (var i = 0; i < appends.Count; i++)
                (run.Store.Rows[Key(appends[i].Serial)] == appends[i].Operation).ShouldBe(outcomes[i] == AppendOutcome.Committed);
            outcomes.ShouldAllBe(outcome => outcome == AppendOutcome.Committed || outcome == AppendOutcome.Fenced);
            outcomes.Count(outcome => outcome == AppendOutcome.Committed).ShouldBe(serials.Distinct().Count(serial => !rivals.Contains(serial)));
        }, iter: 300);

    private static JournalKey Key(long serial) => new(JournalStream.Account, Given.Number(serial).Value, 1);

    /// <summary>A journal on a store that breaks as told.</summary>
    private sealed class Run : IJournalStore
    {
        private readonly JournalHealth _health;
        private readonly JournalMetrics _metrics = new();
        private readonly GroupCommit _journal;

        public Run(IEnumerable<Fault> commitFaults, IEnumerable<Fault> readFaults, int deadline = 10_000)
        {
            foreach (var fault in commitFaults) Store.CommitFaults.Enqueue(fault);
            foreach (var fault in readFaults) Store.ReadFaults.Enqueue(fault);
            var time = new HastyTime();
            _health = new JournalHealth(_ => Task.CompletedTask, TimeSpan.FromSeconds(1), time, NullLogger.Instance);
            _journal = new GroupCommit(
                [this], _health, _metrics, new JournalOptions { DeadlineMilliseconds = deadline }, time, NullLogger<GroupCommit>.Instance);
            _journal.Start();
        }

        public FakeStore Store { get; } = new();

        public Action<int>? BeforeCommit { get; set; }

        public Task<AppendOutcome> Append(long serial, OperationId? operation = null) =>
            _journal.Append(new AccountAppend(Given.Entry(serial, operation: operation))).AsTask();

        public Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
        {
            BeforeCommit?.Invoke(Store.Batches.Count + 1);
            return Store.Commit(batch, deadline);
        }

        public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline) => Store.HasLanded(append, deadline);

        public async ValueTask DisposeAsync()
        {
            await _journal.Stop();
            await _health.DisposeAsync();
            _metrics.Dispose();
        }
    }
}
