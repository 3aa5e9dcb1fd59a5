using Zvonok.Journal.Read;

namespace Zvonok.Journal.Feed;

/// <summary>The feed's queries, said once for both databases.</summary>
/// <remarks>
/// Everything hangs on the order: the horizon is taken before the rows are read. What lies below it is over, committed or not, so
/// whatever is read later finds all of it.
/// </remarks>
internal sealed class FeedSql(JournalDatabase database)
{
    public const string Card = Rows.Card + ", changed_at";

    /// <summary>The number of the last transaction on the next page, and how many facts it holds at least: of <c>@count</c> at most.</summary>
    public string Bounds { get; } = $"""
        select max(tx), count(*)
        from (
            select tx
            from ({Next("entry")} union all {Next("passage")} union all {Next("card_change")}) as nearest
            order by tx limit @count
        ) as page
        """.Replace(HorizonPlace, database.FeedHorizon, StringComparison.Ordinal);

    /// <summary>The newest transaction that can be read, and the newest that has been committed; 0 for none.</summary>
    public string Newest { get; } = $"""
        select coalesce(max(readable), 0), coalesce(max(committed), 0)
        from ({Last("entry")} union all {Last("passage")} union all {Last("card_change")}) as tables
        """.Replace(HorizonPlace, database.FeedHorizon, StringComparison.Ordinal);

    public static string Entries { get; } = Page(Rows.Entry, "entry");

    public static string Passages { get; } = Page(Rows.Passage, "passage");

    public static string Cards { get; } = Page(Card, "card_change");

    private const string HorizonPlace = "@horizon";

    private static string Next(string table) =>
        $"select * from (select tx from {table} where tx > @after and tx < ({HorizonPlace}) order by tx limit @count) as next_of_{table}";

    private static string Last(string table) =>
        $"select (select max(tx) from {table} where tx < ({HorizonPlace})) as readable, (select max(tx) from {table}) as committed";

    private static string Page(string columns, string table) =>
        $"select {columns}, tx from {table} where tx > @after and tx <= @until order by tx";
}
