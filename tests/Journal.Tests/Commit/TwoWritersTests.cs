using Npgsql;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Commit;

/// <summary>Two transactions of one silo at the same time, on PostgreSQL.</summary>
[Collection(OnEveryStore.Name)]
public sealed class TwoWritersTests(Databases databases)
{
    [Fact]
    public async Task A_crowd_is_committed_while_the_first_transaction_waits_for_a_lock()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var rival = await Rival.Take(journal, "HELD");
        var held = TopUp(journal, serial: 2, "HELD");
        await journal.LocksAreWaitedFor(1);

        var crowd = Enumerable.Range(3, 4).Select(serial => journal.Writer.Append(new AccountAppend(Given.Entry(serial))).AsTask()).ToList();

        (await Task.WhenAll(crowd)).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        held.IsCompleted.ShouldBeFalse();
        await rival.LetGo();
        (await held).ShouldBe(AppendOutcome.Committed);
    }

    [Fact]
    [Trait("Rule", "M9")]
    public async Task Two_transactions_with_the_same_bank_references_wait_for_each_other_in_one_direction_only()
    {
        var failures = new List<Exception>();
        var options = await databases.NewDatabase(Store.Postgres);
        await using var journal = new TestJournal(
            new JournalOptions { ConnectionString = options.ConnectionString, DeadlineMilliseconds = options.DeadlineMilliseconds, CrowdMin = 3 },
            inner => new TellsFailures(inner, failures));
        await journal.Prepare();
        journal.Writer.Start();
        await using var one = await Rival.Take(journal, "FIRST");
        await using var other = await Rival.Take(journal, "SECOND");

        // The first writer waits; the second has the crowd and waits as well; what comes now is the first one's next, with the same references the other way round.
        var first = TopUp(journal, serial: 1, "FIRST");
        await journal.LocksAreWaitedFor(1);
        var crowd = new[] { "B", "SECOND", "A" }.Select((reference, i) => TopUp(journal, serial: 2 + i, reference)).ToList();
        await journal.LocksAreWaitedFor(2);
        var again = new[] { "A", "B" }.Select((reference, i) => TopUp(journal, serial: 5 + i, reference)).ToList();
        await one.LetGo();
        (await first).ShouldBe(AppendOutcome.Committed);
        await journal.LocksAreWaitedFor(2);
        await other.LetGo();

        (await Task.WhenAll(crowd)).ShouldAllBe(outcome => outcome == AppendOutcome.Committed);
        (await Task.WhenAll(again)).ShouldAllBe(outcome => outcome == AppendOutcome.ReferenceTaken);
        failures.Where(failure => failure is not JournalConflictException).ShouldBeEmpty();
    }

    private static Task<AppendOutcome> TopUp(TestJournal journal, int serial, string reference) =>
        journal.Writer.Append(new AccountAppend(Given.Entry(serial)) { Reference = new BankReference(3, reference) }).AsTask();

    /// <summary>Somebody else's transaction that has taken a bank reference and not yet decided.</summary>
    private sealed class Rival(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public static async Task<Rival> Take(TestJournal journal, string reference)
        {
            var connection = new NpgsqlConnection(journal.Options.ConnectionString);
            await connection.OpenAsync();
            var transaction = await connection.BeginTransactionAsync();
            await using var take = new NpgsqlCommand("insert into top_up_reference (provider, reference, account, seq) values (3, $1, 1, 1)", connection, transaction);
            take.Parameters.AddWithValue(reference);
            await take.ExecuteNonQueryAsync();
            return new Rival(connection, transaction);
        }

        public Task LetGo() => transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private sealed class TellsFailures(IJournalStore inner, List<Exception> failures) : IJournalStore
    {
        public async Task Commit(IReadOnlyList<PendingAppend> batch, CancellationToken deadline)
        {
            try
            {
                await inner.Commit(batch, deadline);
            }
            catch (Exception failure)
            {
                lock (failures) failures.Add(failure);
                throw;
            }
        }

        public Task<bool> HasLanded(PendingAppend append, CancellationToken deadline) => inner.HasLanded(append, deadline);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
