using Npgsql;
using Zvonok.Grains.Feed;
using Zvonok.Journal.Tests.Support;

namespace Zvonok.Journal.Tests.Feed;

/// <summary>Readers run while many write: whatever the order of the commits, nothing is skipped and nothing told twice.</summary>
[Collection(OnEveryStore.Name)]
[Trait("Rule", "N1")]
public sealed class ConcurrentFeedTests(Databases databases)
{
    private const int Writers = 8;
    private const int TransactionsEach = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Transactions_that_stay_open_for_a_while_and_some_that_are_rolled_back(int seed)
    {
        await using var journal = await databases.Open(Store.Postgres);
        await using var source = NpgsqlDataSource.Create(journal.Database.Source.ConnectionString);
        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() => Write(source, writer, new Random(seed * 100 + writer)))));
        var readings = Enumerable.Range(0, 3).Select(reader => Task.Run(() => ReadUntil(journal, writing, new Random(seed * 1_000 + reader)))).ToList();

        var written = (await writing).SelectMany(keys => keys).ToHashSet();

        foreach (var reading in readings) ShouldBeTold(await reading, written);
        written.Count.ShouldBeGreaterThan(Writers * TransactionsEach);
    }

    [Theory, EveryStore]
    public async Task Journals_of_several_programs_and_an_import(Store store)
    {
        var options = await databases.NewDatabase(store);
        var journals = Enumerable.Range(0, 3).Select(_ => new TestJournal(options)).ToList();
        await journals[0].Prepare();
        foreach (var journal in journals) journal.Writer.Start();
        await journals[0].Register(new BuildingRow(1, Given.Building), new AccountRow(2, Given.Account()));

        var writing = Task.WhenAll([
            .. Enumerable.Range(1, Writers).Select(building => Task.Run(() => Append(journals[building % 3], building))),
            Task.Run(() => Import(journals[0]))]);
        var readings = journals.Select((journal, n) => Task.Run(() => ReadUntil(journal, writing, new Random(n)))).ToList();
        var written = (await writing).SelectMany(keys => keys).ToHashSet();

        foreach (var reading in readings) ShouldBeTold(await reading, written);
        foreach (var journal in journals) await journal.DisposeAsync();
    }

    // Each writes the passages of a building of its own, a few in a transaction, and holds it open for up to 20 ms.
    private static async Task<List<string>> Write(NpgsqlDataSource source, int building, Random random)
    {
        var written = new List<string>();
        var seq = 0L;
        for (var n = 0; n < TransactionsEach; n++)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var count = random.Next(1, 5);
            for (var row = 1; row <= count; row++)
            {
                await using var command = new NpgsqlCommand(RawPassages.Insert(building, seq + row), connection, transaction);
                await command.ExecuteNonQueryAsync();
                if (random.Next(3) == 0) await Task.Delay(random.Next(10));
            }

            if (random.Next(5) == 0)
            {
                await transaction.RollbackAsync();
                continue;
            }

            await transaction.CommitAsync();
            for (var row = 1; row <= count; row++) written.Add($"building/{building}/{++seq}");
        }

        return written;
    }

    private static async Task<List<string>> Append(TestJournal journal, int building)
    {
        var keys = new List<string>();
        for (var seq = 1L; seq <= TransactionsEach; seq++)
        {
            await journal.Commit(Given.Passage(seq, building));
            keys.Add($"building/{building}/{seq}");
        }

        return keys;
    }

    private static async Task<List<string>> Import(TestJournal journal)
    {
        var keys = new List<string>();
        for (var n = 1; n <= 20; n++)
        {
            await journal.Register(new CardRow(1, Given.Card(n)), new CardRow(2, Given.Card(n, CardState.Blocked)));
            keys.AddRange([$"card/{Given.Token(n)}/1", $"card/{Given.Token(n)}/2"]);
        }

        return keys;
    }

    // In pages of changing size, sometimes resuming from an earlier position, as after a crash of the reader.
    private static async Task<List<Fact>> ReadUntil(TestJournal journal, Task writing, Random random)
    {
        var facts = new List<Fact>();
        var position = FeedPosition.Start;
        while (true)
        {
            var isOver = writing.IsCompleted;
            if (isOver) await journal.FeedSettles();
            var page = await journal.Feed.Read(position, random.Next(1, 40), CancellationToken.None);
            facts.AddRange(page.Facts);
            position = page.Next;
            if (page.IsLast && isOver) return facts;
            if (page.IsLast) await journal.Feed.WaitForMore(position, TimeSpan.FromMilliseconds(200), CancellationToken.None);
            if (random.Next(10) == 0 && facts.Count > 0)
            {
                position = facts[random.Next(facts.Count)].Position;
                facts.RemoveAll(fact => fact.Position > position);
            }
        }
    }

    private static void ShouldBeTold(List<Fact> facts, HashSet<string> written)
    {
        facts.Select(fact => fact.Key.ToString()).Except(written).ShouldBeEmpty("told, though never committed");
        written.Except(facts.Select(fact => fact.Key.ToString())).ShouldBeEmpty("skipped");
        facts.Count.ShouldBe(written.Count, "told twice");
        facts.Select(fact => fact.Position).ShouldBeInOrder();
        foreach (var stream in facts.GroupBy(fact => (fact.Key.Stream, fact.Key.Id)))
            stream.Select(fact => fact.Key.Seq).ShouldBe(Enumerable.Range(1, stream.Count()).Select(seq => (long)seq));
    }
}
