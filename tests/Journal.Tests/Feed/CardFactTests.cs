using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

/// <summary>Every version of a card is a fact, and nothing else is.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class CardFactTests(Databases databases)
{
    [Theory, EveryStore]
    public async Task Every_version_is_told_also_those_that_one_import_overwrites(Store store)
    {
        await using var journal = await Registered(store);

        await journal.Register(
            new CardRow(1, Given.Card(1, CardState.Issued)), new CardRow(2, Given.Card(2)), new CardRow(3, Given.Card(1)),
            new CardRow(4, Given.Card(1, CardState.Lost)), new CardRow(5, Given.Card(3)));

        var facts = (await journal.ReadFeed()).Cast<CardFact>().Select(fact => (fact.Card.Token, fact.Card.Version, fact.Card.State)).ToList();
        facts.Where(fact => fact.Token == Given.Token(1)).ShouldBe(
            [(Given.Token(1), 1, CardState.Issued), (Given.Token(1), 2, CardState.Active), (Given.Token(1), 3, CardState.Lost)]);
        facts.Count.ShouldBe(5);
        (await journal.Reader.LoadCard(Given.Token(1))).ShouldNotBeNull().Version.ShouldBe(3);
    }

    [Theory, EveryStore]
    public async Task A_row_that_changes_nothing_and_a_bad_one_are_no_facts(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Register(new CardRow(1, Given.Card()));

        await journal.Register(new CardRow(2, Given.Card()));
        (await journal.Registry.Import([new CardRow(3, Given.Card(state: CardState.Destroyed))], CancellationToken.None)).Bad.Count.ShouldBe(1);

        (await journal.ReadFeedKeys()).ShouldBe([$"card/{Given.Token()}/1"]);
    }

    [Theory, EveryStore]
    public async Task A_version_that_came_too_late_is_neither_written_nor_told(Store store)
    {
        await using var journal = await Registered(store);
        await journal.Register(new CardRow(1, Given.Card()), new CardRow(2, Given.Card(state: CardState.Blocked)));

        // What an import would write that had read the card before the change.
        await journal.Database.CreateRegistryStore().Write([Given.Card(state: CardState.Lost) with { Version = 2 }], CancellationToken.None);

        (await journal.ReadFeed()).Cast<CardFact>().Select(fact => fact.Card.State).ShouldBe([CardState.Active, CardState.Blocked]);
    }

    [Theory, EveryStore]
    public async Task Imports_at_the_same_time_tell_each_version_once(Store store)
    {
        await using var journal = await Registered(store);
        var ways = new[] { CardState.Active, CardState.Returned };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
                await journal.Registry.Import([new CardRow(1, Given.Card(1, ways[(n + round) % 2])), new CardRow(2, Given.Card(2, ways[round % 2]))], CancellationToken.None);
        })));

        var keys = await journal.ReadFeedKeys();
        keys.Distinct().Count().ShouldBe(keys.Count);
        foreach (var n in new[] { 1, 2 })
        {
            var versions = (await journal.ReadFeed()).Cast<CardFact>().Where(fact => fact.Card.Token == Given.Token(n)).Select(fact => fact.Card.Version).ToList();
            versions.ShouldBe(Enumerable.Range(1, versions.Count).Select(version => (long)version));
            (await journal.Reader.LoadCard(Given.Token(n))).ShouldNotBeNull().Version.ShouldBe(versions.Count);
        }
    }

    private async Task<TestJournal> Registered(Store store)
    {
        var journal = await databases.Open(store);
        await journal.Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()));
        return journal;
    }
}
