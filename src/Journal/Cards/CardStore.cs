using Zvonok.Grains.Cards;
using Zvonok.Journal.Encoding;
using Zvonok.Journal.Feed;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Cards;

/// <summary>The log of cards in its table, and what commands make of the cards themselves.</summary>
internal sealed class CardStore(JournalDatabase database, Queries queries, FeedBell bell) : ICardLog
{
    // What has been written already, by the same version or the same operation, writes no row.
    private const string InsertCard = $"insert into card ({Rows.Card}) values (@token, @kind, @state, @account, @home, @further, @expires_at, @version, @is_cloned) on conflict do nothing returning version";

    private const string UpdateCard = """
        update card set kind = @kind, state = @state, account = @account, home = @home, further = @further, expires_at = @expires_at, version = @version, is_cloned = @is_cloned
        where token = @token and version = @version - 1
        returning version
        """;

    private const string InsertEvent = $"""
        insert into card_event ({CardRows.Event})
        values (@token, @version, @operation, @part, @fingerprint, @event, @account, @kind, @state, @expires_at, @is_cloned, @at, @building, @employee, @device, @reason, @home, @other, @fee, @refusal)
        on conflict do nothing returning version
        """;

    private const string InsertReplacement = $"""
        insert into card_replacement ({CardRows.Replacement}) values (@operation, @token, @successor, @account, @fee, @provider, @reference, @at) returning token
        """;

    public async Task<bool> Append(CardAppend append)
    {
        var isWritten = await queries.Change(async (transaction, deadline) =>
        {
            if (append.Seen is { } seen && !await IsAsSeen(transaction, seen, deadline)) return (false, false);
            if (database.CountFeedTransaction is { } count) await queries.Select(transaction, count, _ => { }, _ => true, deadline);
            if (append.Visit is { } visit && !await Write(transaction, visit, append.VisitorZone, deadline)) return (false, false);
            // In their order, so that nobody waits for one who waits for him.
            foreach (var change in append.Changes.OrderBy(change => change.Card.Token.Value))
                if (!await Write(transaction, change, deadline)) return (false, false);
            if (append.Begun is { } begun) await Execute(transaction, InsertReplacement, deadline, CardRows.Values(database, begun));
            return (true, true);
        });
        if (isWritten) bell.Ring();
        return isWritten;
    }

    public async Task<IReadOnlyList<CardEvent>> Find(OperationId operation) => await queries.Select(
        $"select {CardRows.Event} from card_event where operation = @operation order by part", ReadEvent, ("operation", database.ToDb(operation.ToGuid())));

    public async Task<IReadOnlyList<Card>> ListActive(AccountNumber account) => await queries.Select(
        $"select {Rows.Card} from card where account = @account and state = {(short)CardState.Active}", ReadCard, ("account", account.Value));

    public async Task<IReadOnlyList<Card>> List(AccountNumber account, CardToken from, int count) => await queries.Select(
        $"select {Rows.Card} from card where account = @account and token >= @from order by token limit @count", ReadCard,
        ("account", account.Value), ("from", database.ToDb(from.Value)), ("count", count));

    public async Task<IReadOnlyList<CardEvent>> ListEvents(CardToken token, long upTo, int count) => await queries.Select(
        $"select {CardRows.Event} from card_event where token = @token and version <= @up_to order by version desc limit @count", ReadEvent,
        ("token", database.ToDb(token.Value)), ("up_to", upTo), ("count", count));

    // Whoever has changed the card since, has it.
    public async Task<IReadOnlyList<CardEvent>> ListFound(BuildingId home, CardToken from, int count) => await queries.Select(
        $"""
        select {CardRows.Event} from card_event
        where event = 7 and building <> home and home = @home and token >= @from and version = (select card.version from card where card.token = card_event.token)
        order by token limit @count
        """,
        ReadEvent, ("home", home.Value), ("from", database.ToDb(from.Value)), ("count", count));

    public async Task<AccountNumber> NextVisitor() =>
        AccountNumber.FromSerial((await queries.Select("update visitor_serial set last = last + 1 returning last", row => row.GetInt64(0)))[0]);

    // The numbers of visitors go up.
    public async Task<IReadOnlyList<Visit>> ListVisits(BuildingId building, AccountNumber? before, int count) => await queries.Select(
        $"select {VisitRows.Columns} from visit where building = @building and visitor < @before order by visitor desc limit @count", row => VisitRows.Read(database, row),
        ("building", building.Value), ("before", before?.Value ?? long.MaxValue), ("count", count));

    public async Task<OpenReplacements> ListReplacements(int count)
    {
        // The count is of the same moment as the rows.
        var rows = await queries.Select(
            $"select {CardRows.Replacement}, (select count(*) from card_replacement) from card_replacement order by at, operation limit @count",
            row => (Replacement: CardRows.ReadReplacement(database, row), Count: row.GetInt64(8)), ("count", count));
        return new OpenReplacements(rows is [var first, ..] ? first.Count : 0, [.. rows.Select(row => row.Replacement)]);
    }

    public Task EndReplacement(OperationId operation) => queries.Select(
        "delete from card_replacement where operation = @operation returning account", row => row.GetInt64(0), ("operation", database.ToDb(operation.ToGuid())));

    // Of two that give an account a card the later comes after the earlier, and sees what it has.
    private async Task<bool> IsAsSeen(DbTransaction transaction, SeenCards seen, CancellationToken deadline)
    {
        var account = await queries.Select(
            transaction, $"select is_closed from account where number = @account {database.RowLock}", _ => { }, row => row.GetBoolean(0), deadline, ("account", seen.Account.Value));
        if (account is not [false]) return false;
        var active = await queries.Select(
            transaction, $"select token from card where account = @account and state = {(short)CardState.Active}", _ => { }, row => new CardToken(database.ReadGuid(row, 0)), deadline,
            ("account", seen.Account.Value));
        return active.ToHashSet().SetEquals(seen.Active);
    }

    // A number that somebody was registered under all the same is left to them: the next try takes another.
    private async Task<bool> Write(DbTransaction transaction, Visit visit, string zone, CancellationToken deadline) =>
        await Execute(
            transaction,
            $"insert into account (number, kind, zone, is_closed, version) values (@number, {(short)AccountKind.Visitor}, @zone, @closed, 0) on conflict do nothing returning number",
            deadline, [("number", visit.Visitor.Value), ("zone", zone), ("closed", false)])
        && await Execute(
            transaction, $"insert into visit ({VisitRows.Columns}) values (@visitor, @building, @host, @token, @from, @until, @book_key) returning visitor", deadline, VisitRows.Values(database, visit));

    private async Task<bool> Write(DbTransaction transaction, CardChange change, CancellationToken deadline)
    {
        var values = Values(change.Card);
        if (!await Execute(transaction, change.Card.Version == 1 ? InsertCard : UpdateCard, deadline, values)) return false;
        if (!await Execute(transaction, InsertEvent, deadline, CardRows.Values(database, change.Event))) return false;
        return await Execute(
            transaction,
            $"""
            insert into card_change ({Rows.Card}, tx)
            values (@token, @kind, @state, @account, @home, @further, @expires_at, @version, @is_cloned, {database.FeedTransaction}) returning version
            """,
            deadline, values);
    }

    /// <returns>True when it wrote a row.</returns>
    private async Task<bool> Execute(DbTransaction transaction, string sql, CancellationToken deadline, (string, object)[] values) =>
        (await queries.Select(transaction, sql, _ => { }, _ => true, deadline, values)).Count > 0;

    private (string, object)[] Values(Card card) =>
    [
        ("token", database.ToDb(card.Token.Value)),
        ("kind", (short)card.Kind),
        ("state", (short)card.State),
        ("account", card.Account.Value),
        ("home", card.Rights.Home.Value),
        ("further", (object?)BuildingListCodec.Encode(card.Rights) ?? DBNull.Value),
        ("expires_at", card.ExpiresAt is { } end ? database.ToDb(end) : DBNull.Value),
        ("version", card.Version),
        ("is_cloned", card.IsCloned),
    ];

    private CardEvent ReadEvent(DbDataReader row) => CardRows.ReadEvent(database, row);

    private Card ReadCard(DbDataReader row) => Rows.ReadCard(database, row);
}
