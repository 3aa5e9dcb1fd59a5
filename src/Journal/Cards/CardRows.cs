namespace Zvonok.Journal.Cards;

/// <summary>Lines of the log of cards as domain values: the columns, and how to read them, said once for both databases.</summary>
internal static class CardRows
{
    public const string Event = """
        token, version, operation, part, fingerprint, event, account, kind, state, expires_at, is_cloned, at, building, employee, device, reason, home, other, fee, refusal
        """;

    public const string Replacement = "operation, token, successor, account, fee, provider, reference, at";

    public static CardEvent ReadEvent(JournalDatabase database, DbDataReader row) => new()
    {
        Card = new CardStanding
        {
            Token = new CardToken(database.ReadGuid(row, 0)),
            Version = row.GetInt64(1),
            Account = AccountNumber.From(row.GetInt64(6)),
            Kind = (CardKind)row.GetInt16(7),
            State = (CardState)row.GetInt16(8),
            ExpiresAt = row.IsDBNull(9) ? null : database.ReadInstant(row, 9),
            IsCloned = row.GetBoolean(10),
        },
        Operation = OperationId.FromGuid(database.ReadGuid(row, 2)),
        Part = row.GetInt16(3),
        Fingerprint = new Fingerprint(row.GetInt64(4)),
        Kind = (CardEventKind)row.GetInt16(5),
        At = database.ReadInstant(row, 11),
        Author = new CardAuthor(
            new BuildingId(row.GetInt32(12)), row.IsDBNull(13) ? null : AccountNumber.From(row.GetInt64(13)), new DeviceId(row.GetInt32(14)), row.GetString(15)),
        Home = new BuildingId(row.GetInt32(16)),
        Other = row.IsDBNull(17) ? null : new CardToken(database.ReadGuid(row, 17)),
        Fee = row.IsDBNull(18) ? null : new Money(row.GetInt64(18)),
        Refusal = (CardCommandRefusal)row.GetInt16(19),
    };

    public static (string, object)[] Values(JournalDatabase database, CardEvent line) =>
    [
        ("token", database.ToDb(line.Card.Token.Value)),
        ("version", line.Card.Version),
        ("operation", database.ToDb(line.Operation.ToGuid())),
        ("part", line.Part),
        ("fingerprint", line.Fingerprint.Value),
        ("event", (short)line.Kind),
        ("account", line.Card.Account.Value),
        ("kind", (short)line.Card.Kind),
        ("state", (short)line.Card.State),
        ("expires_at", line.Card.ExpiresAt is { } end ? database.ToDb(end) : DBNull.Value),
        ("is_cloned", line.Card.IsCloned),
        ("at", database.ToDb(line.At)),
        ("building", line.Author.Building.Value),
        ("employee", line.Author.Employee is { } employee ? employee.Value : DBNull.Value),
        ("device", line.Author.Device.Value),
        ("reason", line.Author.Reason),
        ("home", line.Home.Value),
        ("other", line.Other is { } other ? database.ToDb(other.Value) : DBNull.Value),
        ("fee", line.Fee is { } fee ? fee.Kopecks : DBNull.Value),
        ("refusal", (short)line.Refusal),
    ];

    public static OpenReplacement ReadReplacement(JournalDatabase database, DbDataReader row) => new(
        OperationId.FromGuid(database.ReadGuid(row, 0)),
        new CardToken(database.ReadGuid(row, 1)),
        new CardToken(database.ReadGuid(row, 2)),
        AccountNumber.From(row.GetInt64(3)),
        row.IsDBNull(4) ? null : new Money(row.GetInt64(4)),
        row.IsDBNull(5) ? null : new BankReference(row.GetInt32(5), row.GetString(6)),
        database.ReadInstant(row, 7));

    public static (string, object)[] Values(JournalDatabase database, OpenReplacement begun) =>
    [
        ("operation", database.ToDb(begun.Operation.ToGuid())),
        ("token", database.ToDb(begun.Card.Value)),
        ("successor", database.ToDb(begun.Successor.Value)),
        ("account", begun.Account.Value),
        ("fee", begun.Fee is { } fee ? fee.Kopecks : DBNull.Value),
        ("provider", begun.Reference is { } provider ? provider.Provider : DBNull.Value),
        ("reference", begun.Reference is { } reference ? reference.Reference : DBNull.Value),
        ("at", database.ToDb(begun.At)),
    ];
}
