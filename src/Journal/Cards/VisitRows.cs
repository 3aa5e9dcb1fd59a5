namespace Zvonok.Journal.Cards;

/// <summary>Rows of visits.</summary>
internal static class VisitRows
{
    public const string Columns = "visitor, building, host, token, from_time, until_time, book_key";

    public static (string, object)[] Values(JournalDatabase database, Visit visit) =>
    [
        ("visitor", visit.Visitor.Value), ("building", visit.Building.Value), ("host", visit.Host.Value), ("token", database.ToDb(visit.Token.Value)),
        ("from", database.ToDb(visit.From)), ("until", database.ToDb(visit.Until)), ("book_key", visit.BookKey),
    ];

    public static Visit Read(JournalDatabase database, DbDataReader row) => new(
        AccountNumber.From(row.GetInt64(0)), new BuildingId(row.GetInt32(1)), AccountNumber.From(row.GetInt64(2)), new CardToken(database.ReadGuid(row, 3)),
        database.ReadInstant(row, 4), database.ReadInstant(row, 5), row.GetString(6));
}
