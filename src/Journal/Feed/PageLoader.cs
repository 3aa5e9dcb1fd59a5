using Zvonok.Grains.Feed;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Feed;

/// <summary>Reads one page on one connection.</summary>
internal sealed class PageLoader(JournalDatabase database)
{
    private readonly FeedSql _sql = new(database);

    public async Task<FeedPage> Load(FeedPosition after, int factsMax, CancellationToken stop)
    {
        await using var connection = await database.FeedSource.OpenConnectionAsync(stop);
        var (until, count) = await Pair(connection, _sql.Bounds, stop, ("after", after.Value), ("count", factsMax));
        if (count == 0)
        {
            var (newest, _) = await Pair(connection, _sql.Newest, stop);
            return newest >= after.Value ? new FeedPage([], after, IsLast: true) : throw Ahead(after, newest);
        }

        return new FeedPage(await LoadFacts(connection, after.Value, until, stop), new FeedPosition(until), IsLast: count < factsMax);
    }

    /// <summary>The newest transaction that can be read, and the newest that has been committed.</summary>
    public async Task<(FeedPosition Readable, FeedPosition Committed)> LoadNewest(CancellationToken stop)
    {
        await using var connection = await database.FeedSource.OpenConnectionAsync(stop);
        var (readable, committed) = await Pair(connection, _sql.Newest, stop);
        return (new FeedPosition(readable), new FeedPosition(committed));
    }

    private async Task<List<Fact>> LoadFacts(DbConnection connection, long after, long until, CancellationToken stop)
    {
        var entries = new FactList<EntryFact>((left, right) => (left.Entry.Account.Value, left.Entry.Seq).CompareTo((right.Entry.Account.Value, right.Entry.Seq)));
        var passages = new FactList<PassageFact>((left, right) => (left.Passage.Building.Value, left.Passage.Seq).CompareTo((right.Passage.Building.Value, right.Passage.Seq)));
        var cards = new FactList<CardFact>((left, right) => (left.Card.Token.Value, left.Card.Version).CompareTo((right.Card.Token.Value, right.Card.Version)));
        await Read(FeedSql.Entries, row => entries.Add(new EntryFact(new FeedPosition(row.GetInt64(Rows.EntryColumns)), Rows.ReadEntry(database, row))));
        await Read(FeedSql.Passages, row => passages.Add(new PassageFact(new FeedPosition(row.GetInt64(Rows.PassageColumns)), Rows.ReadPassage(database, row))));
        await Read(FeedSql.Cards, row => cards.Add(new CardFact(
            new FeedPosition(row.GetInt64(Rows.CardColumns + 1)), Rows.ReadCard(database, row), database.ReadInstant(row, Rows.CardColumns))));
        return Merge(entries.InOrder(), passages.InOrder(), cards.InOrder());

        async Task Read(string sql, Action<DbDataReader> add)
        {
            await using var command = Command(connection, sql, ("after", after), ("until", until));
            await using var rows = await command.ExecuteReaderAsync(stop);
            while (await rows.ReadAsync(stop)) add(rows);
        }
    }

    // Each list is in order; of one transaction, entries come before passages and these before cards.
    private static List<Fact> Merge(List<EntryFact> entries, List<PassageFact> passages, List<CardFact> cards)
    {
        var facts = new List<Fact>(entries.Count + passages.Count + cards.Count);
        for (int entry = 0, passage = 0, card = 0; facts.Count < facts.Capacity;)
        {
            var nextEntry = entry < entries.Count ? entries[entry].Position.Value : long.MaxValue;
            var nextPassage = passage < passages.Count ? passages[passage].Position.Value : long.MaxValue;
            var nextCard = card < cards.Count ? cards[card].Position.Value : long.MaxValue;
            if (nextEntry <= nextPassage && nextEntry <= nextCard) facts.Add(entries[entry++]);
            else if (nextPassage <= nextCard) facts.Add(passages[passage++]);
            else facts.Add(cards[card++]);
        }

        return facts;
    }

    private static async Task<(long, long)> Pair(DbConnection connection, string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        return (rows.IsDBNull(0) ? 0 : rows.GetInt64(0), rows.GetInt64(1));
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static FeedPositionAheadException Ahead(FeedPosition after, long newest) => new(
        $"Position {after} lies after the newest fact, which is at {newest}: it was not given out by this database, or the database was restored " +
        $"from an older backup. Read from {newest} if what was read before shall stand, or from 0 to read everything again.");
}
