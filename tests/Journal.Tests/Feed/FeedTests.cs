using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class FeedTests(Databases databases)
{
    private static readonly RegistryRow[] Registered = [new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account())];

    [Theory, EveryStore]
    public async Task Facts_of_every_kind_are_told_in_the_order_in_which_they_were_committed_and_as_they_were_committed(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        await journal.Register([.. Registered, new CardRow(3, Given.Card(further: new BuildingId(1501)))]);
        await journal.Commit(ledger.TopUp());
        await journal.Commit(Given.Passage());
        await journal.Commit(ledger.Sell());
        await journal.Commit(Given.ModeChange(seq: 2));
        await journal.Register(new CardRow(4, Given.Card(state: CardState.Lost)));
        await journal.Commit(Given.NotPassed(3, 1, insideSince: Given.Morning));
        await journal.Commit(Given.ManualAdmission(4));

        var facts = await journal.ReadFeed();

        facts.Select(fact => (fact.Kind, fact.Key.ToString())).ShouldBe(
        [
            (FactKind.CardChange, $"card/{Given.Token()}/1"),
            (FactKind.Entry, $"account/{Given.Number()}/1"),
            (FactKind.Passage, "building/1501/1"),
            (FactKind.Entry, $"account/{Given.Number()}/2"),
            (FactKind.ModeChange, "building/1501/2"),
            (FactKind.CardChange, $"card/{Given.Token()}/2"),
            (FactKind.GateEvent, "building/1501/3"),
            (FactKind.Passage, "building/1501/4"),
        ]);
        ((CardFact)facts[0]).Card.ShouldBe(Given.Card());
        ((EntryFact)facts[1]).Entry.ShouldBeSame(ledger.Entries[0]);
        ((PassageFact)facts[2]).Passage.ShouldBe(Given.Passage(operation: ((PassageFact)facts[2]).Passage.Operation));
        ((EntryFact)facts[3]).Entry.ShouldBeSame(ledger.Entries[1]);
        ((PassageFact)facts[4]).Passage.ModeAfter.ShouldBe(BuildingMode.Evacuation);
        ((CardFact)facts[5]).Card.ShouldBe(Given.Card(state: CardState.Lost) with { Version = 2 });
        ((CardFact)facts[5]).ChangedAt.ShouldBeInRange(SystemClock.Instance.GetCurrentInstant() - Duration.FromMinutes(5), SystemClock.Instance.GetCurrentInstant());
        ((PassageFact)facts[6]).Passage.Annulment.ShouldNotBeNull().ShouldSatisfyAllConditions(annulment => annulment.Seq.ShouldBe(1), annulment => annulment.Last?.At.ShouldBe(Given.Morning));
        ((PassageFact)facts[7]).Passage.Vouching.ShouldBe(new Vouching(Given.Number(77), "The card is at home"));
        facts.Select(fact => fact.Position).ShouldBeInOrder();
        facts.Select(fact => fact.Position).Distinct().Count().ShouldBe(facts.Count, "each was committed by itself");
    }

    [Theory, EveryStore]
    public async Task From_every_position_exactly_the_rest_is_told_in_pages_of_any_size(Store store)
    {
        await using var journal = await databases.Open(store);
        await Play(journal, rounds: 12);
        var all = await journal.ReadFeed();
        all.Count.ShouldBe(12 * 7);

        foreach (var pageSize in new[] { 1, 2, 3, 5, 8, 13, 1_000 })
        {
            (await journal.ReadFeedKeys(pageSize: pageSize)).ShouldBe(all.Select(fact => fact.Key.ToString()));
            foreach (var position in all.Select(fact => fact.Position).Distinct())
                (await journal.ReadFeedKeys(position, pageSize)).ShouldBe(all.Where(fact => fact.Position > position).Select(fact => fact.Key.ToString()));
        }
    }

    [Theory, EveryStore]
    public async Task What_was_committed_together_is_told_whole_on_one_page(Store store)
    {
        await using var journal = await databases.Open(store);
        var ledger = new Ledger();
        Entry[] together = [ledger.TopUp(), .. Enumerable.Range(0, 20).Select(_ => ledger.Sell(100))];
        await journal.Writer.Append(new AccountAppend(together));
        await journal.Commit(Given.Passage());
        await journal.FeedSettles();

        var first = await journal.Feed.Read(FeedPosition.Start, 5, CancellationToken.None);
        first.Facts.Select(fact => fact.Key.Seq).ShouldBe(Enumerable.Range(1, 21).Select(seq => (long)seq));
        first.Facts.Select(fact => fact.Position).Distinct().ShouldHaveSingleItem();
        (await journal.ReadFeedKeys(first.Next)).ShouldBe(["building/1501/1"]);
    }

    [Theory, EveryStore]
    public async Task An_empty_feed_has_an_empty_last_page_and_ends_where_it_starts(Store store)
    {
        await using var journal = await databases.Open(store);

        var page = await journal.Feed.Read(FeedPosition.Start, 10, CancellationToken.None);

        page.Facts.ShouldBeEmpty();
        (page.Next, page.IsLast).ShouldBe((FeedPosition.Start, true));
        (await journal.Feed.FindEnd(CancellationToken.None)).ShouldBe(FeedPosition.Start);
    }

    [Theory, EveryStore]
    public async Task From_the_end_only_the_future_is_told(Store store)
    {
        await using var journal = await databases.Open(store);
        await Play(journal, rounds: 2);

        await journal.FeedSettles();
        var end = await journal.Feed.FindEnd(CancellationToken.None);
        (await journal.ReadFeedKeys(end)).ShouldBeEmpty();
        await journal.Commit(Given.Passage(seq: 1, building: 77));

        (await journal.ReadFeedKeys(end)).ShouldBe(["building/77/1"]);
    }

    [Theory, EveryStore]
    public async Task A_position_that_was_never_given_out_is_an_error_that_says_what_to_do(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Passage());
        await journal.FeedSettles();
        var end = await journal.Feed.FindEnd(CancellationToken.None);

        var fault = await Should.ThrowAsync<FeedPositionAheadException>(journal.Feed.Read(new FeedPosition(end.Value + 1), 10, CancellationToken.None));

        fault.Message.ShouldContain($"Read from {end}");
        journal.Health.IsUp.ShouldBeTrue();
    }

    [Theory, EveryStore]
    public async Task A_rolled_back_batch_leaves_no_fact_and_no_doubt(Store store)
    {
        await using var journal = await databases.Open(store);
        await journal.Commit(Given.Passage(1));

        (await journal.Writer.Append(new BuildingAppend(Given.Passage(1)))).ShouldBe(AppendOutcome.Fenced);
        await journal.Commit(Given.Passage(2));

        (await journal.ReadFeedKeys()).ShouldBe(["building/1501/1", "building/1501/2"]);
    }

    // A round commits seven facts: two together, and five by themselves.
    private static async Task Play(TestJournal journal, int rounds)
    {
        await journal.Register(Registered);
        var ledger = new Ledger();
        for (var round = 0; round < rounds; round++)
        {
            await journal.Writer.Append(new AccountAppend([ledger.TopUp(), ledger.Sell()]));
            await journal.Commit(Given.Passage(2 * round + 1));
            await journal.Register(new CardRow(1, Given.Card(round)));
            await journal.Commit(ledger.Sell());
            await journal.Commit(Given.ModeChange(2 * round + 2));
            await journal.Register(new CardRow(1, Given.Card(round, CardState.Blocked)));
        }
    }
}
