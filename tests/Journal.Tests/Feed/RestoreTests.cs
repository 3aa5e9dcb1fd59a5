using Npgsql;
using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

/// <summary>
/// PostgreSQL's transaction ids belong to a cluster. A database that was carried into another one, whose ids are lower, still has all its
/// facts in the feed, and every position that a reader has kept leads to what it has not read.
/// </summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class RestoreTests(Databases databases)
{
    [Fact]
    public async Task A_dump_restored_into_a_younger_cluster_is_read_to_its_end_and_readers_go_on_where_they_were()
    {
        await using var old = await databases.Open(Store.Postgres);
        // The other cluster is to be younger by far.
        for (var n = 0; n < 1_500; n++) await old.Sql("select pg_current_xact_id()");
        await old.Commit(Given.Passage(1), Given.Passage(2));
        var all = await old.ReadFeed();
        await using var cluster = await TemporaryPostgres.Start();
        await using var restored = new TestJournal(
            new JournalOptions { ConnectionString = await cluster.CreateDatabase("restored"), DeadlineMilliseconds = old.Options.DeadlineMilliseconds });
        await databases.Postgres.Copy(NameOf(old), cluster, "restored");
        (await restored.Number("select pg_current_xact_id()::text::bigint")).ShouldBeLessThan(all[0].Position.Value, "else nothing is tested");

        await restored.Prepare();
        restored.Writer.Start();
        await restored.Commit(Given.Passage(3));

        (await restored.ReadFeedKeys()).ShouldBe(["building/1501/1", "building/1501/2", "building/1501/3"]);
        (await restored.ReadFeedKeys(all[0].Position)).ShouldBe(["building/1501/2", "building/1501/3"]);
        (await restored.ReadFeedKeys(all[1].Position)).ShouldBe(["building/1501/3"]);
    }

    [Fact]
    public async Task After_an_older_backup_was_restored_a_reader_that_is_ahead_of_it_misses_nothing_new()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await journal.Commit(Given.Passage(1));
        var ahead = new FeedPosition((await journal.ReadFeed())[^1].Position.Value + 1_000_000);

        // What a restore to an earlier time does: the same data, another timeline.
        await journal.Sql("update feed_clock set history = 'another'");
        await journal.Prepare();
        await journal.Commit(Given.Passage(2));

        (await journal.ReadFeedKeys(ahead)).ShouldBe(["building/1501/2"]);
    }

    [Fact]
    public async Task A_start_that_changes_nothing_takes_no_lock_and_writers_go_on()
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var source = NpgsqlDataSource.Create(journal.Options.ConnectionString);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var read = new NpgsqlCommand("select count(*) from entry, passage, card_change", connection, transaction);
        await read.ExecuteScalarAsync();

        await journal.Prepare();
        await journal.Commit(Given.Passage());
    }

    private static string NameOf(TestJournal journal) => new NpgsqlConnectionStringBuilder(journal.Options.ConnectionString).Database!;
}
