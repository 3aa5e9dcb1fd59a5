using Npgsql;
using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

/// <summary>A transaction that began earlier and commits later than others is neither skipped nor told in the wrong place (PostgreSQL).</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class LateCommitTests(Databases databases)
{
    [Fact]
    public async Task A_transaction_held_open_on_purpose_is_told_when_it_commits_and_nothing_that_came_after_it_was_told_before()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await journal.Commit(Given.Passage(1));
        await using var late = await OpenTransaction.Begin(journal);
        await late.Insert(building: 7);

        // These began later, and are committed.
        await journal.Commit(Given.Passage(2), Given.Passage(3));
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()), new CardRow(3, Given.Card()));

        var page = await journal.Feed.Read(FeedPosition.Start, 100, CancellationToken.None);
        page.Facts.Select(fact => fact.Key.ToString()).ShouldBe(["building/1501/1"]);
        (await journal.Feed.FindEnd(CancellationToken.None)).ShouldBe(page.Next);

        await late.Commit();
        (await journal.ReadFeedKeys(page.Next)).ShouldBe(["building/7/1", "building/1501/2", "building/1501/3", $"card/{Given.Token()}/1"]);
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_holds_up_nobody_any_longer()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var late = await OpenTransaction.Begin(journal);
        await late.Insert(building: 7);
        await journal.Commit(Given.Passage(1));
        (await journal.Feed.Read(FeedPosition.Start, 100, CancellationToken.None)).Facts.ShouldBeEmpty();

        await late.Rollback();

        (await journal.ReadFeedKeys()).ShouldBe(["building/1501/1"]);
    }

    [Fact]
    public async Task Who_waits_is_woken_when_the_transaction_that_held_the_feed_back_ends_though_nobody_tells_of_it()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var late = await OpenTransaction.Begin(journal);
        await late.Insert(building: 7);
        await journal.Commit(Given.Passage(1));

        var woken = journal.Feed.WaitForMore(FeedPosition.Start, TimeSpan.FromMinutes(5), CancellationToken.None);
        await Eventually.Holds(async () => await journal.Number("select count(*) from pg_stat_activity where query like '%readable%' and state = 'idle' and datname = current_database()") > 0, "the end has been looked at");
        woken.IsCompleted.ShouldBeFalse();
        await late.Commit();
        await woken.WaitAsync(TimeSpan.FromSeconds(30));

        (await journal.ReadFeedKeys()).ShouldBe(["building/7/1", "building/1501/1"]);
    }

    [Fact]
    public async Task A_transaction_that_only_reads_holds_back_nothing_however_long()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var audit = await OpenTransaction.Begin(journal);
        await audit.Read();

        await journal.Commit(Given.Passage(1));

        (await journal.ReadFeedKeys()).ShouldBe(["building/1501/1"]);
    }

    /// <summary>A transaction in a connection of its own.</summary>
    private sealed class OpenTransaction : IAsyncDisposable
    {
        private readonly NpgsqlDataSource _source;
        private readonly NpgsqlConnection _connection;
        private readonly NpgsqlTransaction _transaction;

        private OpenTransaction(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
            (_source, _connection, _transaction) = (source, connection, transaction);

        public static async Task<OpenTransaction> Begin(TestJournal journal)
        {
            var source = NpgsqlDataSource.Create(journal.Database.Source.ConnectionString);
            var connection = await source.OpenConnectionAsync();
            return new OpenTransaction(source, connection, await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead));
        }

        public Task Insert(int building) => Execute(RawPassages.Insert(building, 1));

        public Task Read() => Execute("select count(*) from passage");

        public Task Commit() => _transaction.CommitAsync();

        public Task Rollback() => _transaction.RollbackAsync();

        public async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _connection.DisposeAsync();
            await _source.DisposeAsync();
        }

        private async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, _connection, _transaction);
            await command.ExecuteNonQueryAsync();
        }
    }
}
