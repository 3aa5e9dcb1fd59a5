using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Journal.Read;

namespace Zvonok.Journal.Lists;

/// <summary>What lists are made of, from the tables of cards, accounts, entries and orders; and their versions and handles, in tables of their own. For both databases.</summary>
internal sealed class ListStore(JournalDatabase database, Queries queries) : IListSource, IDisposable
{
    /// <summary>Buildings that are read at the same time: the other connections are for those who wait at gates and tills.</summary>
    public const int ReadsMax = 2;

    private const string Listed = "state in (2, 3, 4)";

    private const string Name = "building = @building and audience = @audience and key_id = @key_id";

    private const string Building = $"""
        select {Rows.Building},
            coalesce((select mode_after from passage where building = @building order by seq desc limit 1), cast(1 as smallint)),
            coalesce((select allowance from offline_policy where building = @building), (select allowance from offline_policy where building = 0), 0),
            coalesce((select floor from credit_policy where building = @building), (select floor from credit_policy where building = 0), 0)
        from building where id = @building
        """;

    // A version is the second at which it was taken, or the number after the one before: so it is later than any before it, even where the table of versions was lost or is an old copy.
    private const string Take = """
        insert into offline_list (building, audience, key_id, version, digest)
        select cast(@building as integer), cast(@audience as smallint), cast(@key_id as bigint), cast(@second as bigint), @digest
        where @after = 0 or exists (select 1 from offline_list where building = @building and audience = @audience and key_id = @key_id)
        on conflict (building, audience, key_id) do update
            set version = case when offline_list.version < excluded.version then excluded.version else offline_list.version + 1 end, digest = excluded.digest
            where offline_list.version = @after
        returning version
        """;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _reads = new(ReadsMax);

    private string Cards => $"""
        select {Rows.Card} from card where home = @building and {Listed}
        union all
        select {Rows.Card} from card where {database.HasFurther} and home <> @building and {Listed}
        limit {Limits.ListedCardsMax + 1}
        """;

    // In random order, so that handles tell nothing of account numbers. Of two who enroll one account at once, one does, and the other reads it.
    private string Enrolment => $"""
        insert into list_holder (building, handle, account)
        select cast(@building as integer), (select coalesce(max(handle), 0) from list_holder where building = @building) + row_number() over (order by random()), key
        from ({database.Keys}) as wanted
        where not exists (select 1 from list_holder where building = @building and account = key)
        on conflict do nothing
        returning handle
        """;

    public async Task<ListReading?> Read(ListName name, LocalDate from, LocalDate until)
    {
        if (!await _reads.WaitAsync(WaitMax)) throw new JournalOverloadedException("Many buildings' lists are read already: repeat a little later.");
        try
        {
            return await queries.Run(deadline => Read(name, from, until, deadline));
        }
        finally
        {
            _reads.Release();
        }
    }

    public async Task Enroll(BuildingId building, IReadOnlyCollection<AccountNumber> accounts) => await queries.Run(deadline => queries.Select(
        null, Enrolment, command => database.AddKeys(command, [.. accounts.Select(account => account.Value)]), row => row.GetInt32(0), deadline, ("building", building.Value)));

    public async Task<long?> TakeVersion(ListName name, long after, ListDigest digest, Instant now) => await queries.Select(
        Take, row => row.GetInt64(0), [.. Parameters(name), ("after", after), ("second", now.ToUnixTimeSeconds()), ("digest", database.ToDb(digest.Value))]) is [var version] ? version : null;

    public void Dispose() => _reads.Dispose();

    private async Task<ListReading?> Read(ListName name, LocalDate from, LocalDate until, CancellationToken deadline)
    {
        await using var connection = await database.Source.OpenConnectionAsync(deadline);
        var (facts, newest) = (default(ListFacts), default(ListVersion));
        var (cards, handles) = (new List<Card>(), new Dictionary<AccountNumber, int>());
        await Select(connection, [], Parameters(name), deadline,
            (Building, row => facts = new ListFacts(
                Rows.ReadBuilding(row), (BuildingMode)row.GetInt16(Rows.BuildingColumns), new Money(row.GetInt64(Rows.BuildingColumns + 1)), new Money(row.GetInt64(Rows.BuildingColumns + 2)), cards, new Dictionary<AccountNumber, AccountState>(), handles)),
            ($"select version, digest from offline_list where {Name}", row => newest = new ListVersion(row.GetInt64(0), new ListDigest(database.ReadGuid(row, 1)))),
            (Cards, row => cards.Add(Rows.ReadCard(database, row))),
            ("select account, handle from list_holder where building = @building", row => handles[AccountNumber.From(row.GetInt64(0))] = row.GetInt32(1)));
        if (facts is null) return null;
        if (cards.Count > Limits.ListedCardsMax) throw new ListTooLargeException($"More than {Limits.ListedCardsMax} cards open building {name.Building}: no list has so many.");
        return new ListReading(facts with { Accounts = await ReadAccounts(connection, name, cards, from, until, deadline) }, newest);
    }

    private async Task<Dictionary<AccountNumber, AccountState>> ReadAccounts(
        DbConnection connection, ListName name, List<Card> cards, LocalDate from, LocalDate until, CancellationToken deadline)
    {
        var accounts = new Dictionary<AccountNumber, AccountState>(cards.Count);
        List<long> numbers = [.. cards.Select(card => card.Account.Value).Distinct()];
        if (numbers.Count == 0) return accounts;
        if (name.Audience == DeviceKind.Gate)
        {
            await Select(connection, numbers, [], deadline, ($"select number, kind, zone, roles from {database.AccountsOfKeys}", row =>
            {
                var number = AccountNumber.From(row.GetInt64(0));
                accounts[number] = new AccountState { Profile = new AccountProfile { Number = number, Kind = (AccountKind)row.GetInt16(1), ZoneId = row.GetString(2), Roles = RoleNames.Parse(Rows.ReadText(row, 3)) } };
            }));
            return accounts;
        }

        var (newest, orders) = (new Dictionary<AccountNumber, Entry>(cards.Count), new List<(AccountNumber Account, OpenOrder Order)>());
        await Select(connection, numbers, [("count", 1), ("building", name.Building.Value), ("from", database.ToDb(from)), ("until", database.ToDb(until))], deadline,
            (database.NewestEntries, row =>
            {
                var entry = Rows.ReadEntry(database, row);
                newest[entry.Account] = entry;
            }),
            ($"select {Rows.Order} from preorder where building = @building and day between @from and @until", row =>
            {
                var (account, order) = Rows.ReadOrder(database, row);
                orders.Add((account, order));
            }),
            ($"select {Rows.Account} from {database.AccountsOfKeys}", row =>
            {
                var profile = Rows.ReadAccount(row);
                accounts[profile.Number] = AccountState.From(profile, newest.GetValueOrDefault(profile.Number));
            }));
        foreach (var ordered in orders.GroupBy(one => one.Account, one => one.Order))
            if (accounts.TryGetValue(ordered.Key, out var account)) accounts[ordered.Key] = account with { Orders = [.. ordered] };
        return accounts;
    }

    private static (string, object)[] Parameters(ListName name) => [("building", name.Building.Value), ("audience", (short)name.Audience), ("key_id", (long)name.KeyId)];

    // One message with all statements, in their order.
    private async Task Select(DbConnection connection, List<long> keys, (string Name, object Value)[] parameters, CancellationToken deadline, params (string Sql, Action<DbDataReader> Read)[] statements)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", statements.Select(statement => statement.Sql));
        if (keys.Count > 0) database.AddKeys(command, keys);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        await using var rows = await command.ExecuteReaderAsync(deadline);
        foreach (var (_, read) in statements)
        {
            while (await rows.ReadAsync(deadline)) read(rows);
            await rows.NextResultAsync(deadline);
        }
    }
}
