using Zvonok.Grains.Feed;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

/// <summary>Who has read everything learns of the next commit, whoever made it, and also when nobody tells.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class WaitTests(Databases databases)
{
    // Longer than any test waits: what comes must have been told.
    private static readonly FeedPace NeverByItself = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(10));
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory, EveryStore]
    public async Task A_commit_of_this_program_wakes_all_who_wait(Store store)
    {
        await using var journal = await Open(store, NeverByItself);
        var waiting = Enumerable.Range(0, 5).Select(_ => Wait(journal)).ToList();
        await Task.Delay(50);

        await journal.Commit(Given.Passage());

        await Task.WhenAll(waiting).WaitAsync(Patience);
        (await journal.ReadFeedKeys()).ShouldBe(["building/1501/1"]);
    }

    [Theory, EveryStore]
    public async Task An_import_wakes_too(Store store)
    {
        await using var journal = await Open(store, NeverByItself);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()));
        var waiting = Wait(journal);

        await journal.Register(new CardRow(3, Given.Card()));

        await waiting.WaitAsync(Patience);
    }

    [Theory, EveryStore]
    public async Task What_was_committed_before_the_wait_is_not_waited_for(Store store)
    {
        await using var journal = await Open(store, NeverByItself);
        await journal.Commit(Given.Passage());
        await journal.FeedSettles();

        await Wait(journal).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_commit_of_another_program_wakes_by_notification()
    {
        await using var mine = await Open(Store.Postgres, NeverByItself);
        await using var other = new TestJournal(mine.Options, pace: NeverByItself);
        other.Writer.Start();
        var waiting = Wait(mine);
        await Listening(mine);

        await other.Commit(Given.Passage());

        await waiting.WaitAsync(Patience);
    }

    [Theory, EveryStore]
    public async Task A_commit_that_nobody_tells_of_is_found_by_looking(Store store)
    {
        await using var journal = await Open(store, new FeedPace(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100)));
        await using var silent = journal.Database.CreateStore();
        var waiting = Wait(journal);

        await silent.Commit([new PendingAppend(new BuildingAppend(Given.Passage()))], CancellationToken.None);

        await waiting.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_connection_that_listened_and_broke_is_made_anew()
    {
        var pace = new FeedPace(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100));
        await using var journal = await Open(Store.Postgres, pace);
        var waiting = Wait(journal);
        await Listening(journal);

        await journal.Sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'");
        await Listening(journal);

        waiting.IsCompleted.ShouldBeFalse();
        await journal.Commit(Given.Passage());
        await waiting.WaitAsync(Patience);
    }

    [Theory, EveryStore]
    public async Task Who_waits_long_enough_for_nothing_is_let_go_and_who_gives_up_at_once(Store store)
    {
        await using var journal = await Open(store, NeverByItself);

        await journal.Feed.WaitForMore(FeedPosition.Start, TimeSpan.FromMilliseconds(50), CancellationToken.None).WaitAsync(Patience);

        using var stop = new CancellationTokenSource();
        var waiting = journal.Feed.WaitForMore(FeedPosition.Start, Long, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting.WaitAsync(Patience));
    }

    private static Task Wait(TestJournal journal) => journal.Feed.WaitForMore(FeedPosition.Start, Long, CancellationToken.None);

    private static Task Listening(TestJournal journal) => Eventually.Holds(
        async () => await journal.Number("select count(*) from pg_stat_activity where datname = current_database() and query like 'listen%' and state = 'idle'") == 1,
        "one connection listens");

    private async Task<TestJournal> Open(Store store, FeedPace pace)
    {
        var options = await databases.NewDatabase(store);
        var journal = new TestJournal(options, pace: pace);
        await journal.Prepare();
        journal.Writer.Start();
        return journal;
    }
}
