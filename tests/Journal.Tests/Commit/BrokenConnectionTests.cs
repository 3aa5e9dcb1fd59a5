using Npgsql;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

[Collection(OnEveryStore.Name)]
public sealed class BrokenConnectionTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task A_commit_that_lands_and_loses_its_answer_is_committed_exactly_once(Store store)
    {
        await using var journal = await databases.Open(store, wrap: inner => new LosesAnswers(inner));

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 30).Select(serial => journal.Writer.Append(new AccountAppend(Given.Entry(serial))).AsTask()));

        outcomes.ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        (await journal.Number("select count(*) from entry")).ShouldBe(30);
        journal.Metrics.Fenced.ShouldBe(0);
    }

    [Theory, EveryStore]
    public async Task A_passage_whose_answer_is_lost_is_found_again(Store store)
    {
        await using var journal = await databases.Open(store, wrap: inner => new LosesAnswers(inner));

        (await journal.Writer.Append(new BuildingAppend(Given.Passage()))).ShouldBe(AppendOutcome.Committed);

        (await journal.Number("select count(*) from passage")).ShouldBe(1);
    }

    // The same operation, sent to two silos at once: the row tells when its own silo decided, and the other may not tell its own time.
    [Theory, EveryStore]
    public async Task A_row_that_another_silo_wrote_for_the_same_operation_is_not_ours(Store store)
    {
        IJournalStore? writes = null;
        await using var journal = await databases.Open(store, wrap: inner => writes = inner);
        var (entry, passage) = (Given.Entry(), Given.Passage());
        await journal.Commit(entry);
        await journal.Writer.Append(new BuildingAppend(passage));
        var later = Duration.FromMilliseconds(1);

        (await HasLanded(new PendingAppend(new AccountAppend(entry)))).ShouldBeTrue();
        (await HasLanded(new PendingAppend(new AccountAppend(entry with { EventAt = entry.EventAt + later })))).ShouldBeFalse();
        (await HasLanded(new PendingAppend(new AccountAppend(entry with { RecordedAt = entry.RecordedAt + later })))).ShouldBeFalse();
        (await HasLanded(new PendingAppend(new AccountAppend(entry with { Operation = Given.Operation() })))).ShouldBeFalse();
        (await HasLanded(new PendingAppend(new BuildingAppend(passage)))).ShouldBeTrue();
        (await HasLanded(new PendingAppend(new BuildingAppend(passage with { EventAt = passage.EventAt + later })))).ShouldBeFalse();
        (await HasLanded(new PendingAppend(new BuildingAppend(passage with { RecordedAt = passage.RecordedAt + later })))).ShouldBeFalse();

        // Another silo's append may begin like ours and go on differently, or not at all.
        var second = Given.Passage(seq: 2);
        (await HasLanded(new PendingAppend(new BuildingAppend([passage, second])))).ShouldBeFalse();
        await journal.Writer.Append(new BuildingAppend(second));
        (await HasLanded(new PendingAppend(new BuildingAppend([passage, second])))).ShouldBeTrue();
        (await HasLanded(new PendingAppend(new BuildingAppend([passage, second with { Operation = Given.Operation() }])))).ShouldBeFalse();
        (await HasLanded(new PendingAppend(new BuildingAppend([passage with { Operation = Given.Operation() }, second])))).ShouldBeFalse();

        Task<bool> HasLanded(PendingAppend append) => writes!.HasLanded(append, CancellationToken.None);
    }

    [Fact]
    public async Task A_connection_ended_by_the_server_in_the_middle_of_a_commit_costs_nothing()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await journal.Commit(Given.Entry(1));
        await using var source = NpgsqlDataSource.Create(journal.Database.Source.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, "lock table entry in exclusive mode");

        var append = journal.Writer.Append(new AccountAppend(Given.Entry(2))).AsTask();
        await Eventually.Holds(
            async () => await Execute(connection, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") is 1L,
            "the writer waits for the lock");
        await transaction.RollbackAsync();

        (await append).ShouldBe(AppendOutcome.Committed);
        (await journal.Number("select count(*) from entry")).ShouldBe(2);
    }

    [Fact]
    public async Task Idle_connections_ended_by_the_server_are_replaced_without_a_failure_of_an_append()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await journal.Commit(Given.Entry(1));
        await using var source = NpgsqlDataSource.Create(journal.Database.Source.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();

        await Execute(connection, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");

        await journal.Commit(Given.Entry(2));
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Every second commit lands and loses its answer.</summary>
    private sealed class LosesAnswers(IJournalStore inner) : IJournalStore
    {
        private int _commits;

        public async Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
        {
            await inner.Commit(batch, deadline);
            if (++_commits % 2 == 1) throw new IOException("The answer was lost.");
        }

        public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline) => inner.HasLanded(append, deadline);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
