namespace Zvonok.Journal.Read;

/// <summary>The reading half of the journal, for both databases.</summary>
internal sealed class JournalReader : IJournalReader, IAsyncDisposable
{
    /// <summary>
    /// Entries read when an account wakes up: enough to recognise the repeats of its last hours without asking again, few
    /// enough for a city to wake up at once.
    /// </summary>
    public const int NewestEntriesCount = 16;

    private const int BatchSizeMax = 500;

    // Each may bring as many passages as lie between two checkpoints.
    private const int BuildingBatchSizeMax = 64;

    private const string CreditFloor = """
        coalesce((select floor from credit_policy where credit_policy.building = device.building), (select floor from credit_policy where credit_policy.building = 0), 0)
        """;

    private readonly JournalDatabase _database;
    private readonly JournalHealth _health;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly BatchLoader<AccountNumber, AccountRecord> _accounts;
    private readonly BatchLoader<BuildingId, BuildingRecord> _buildings;
    private readonly BatchLoader<CardToken, Card> _cards;
    private readonly BatchLoader<DeviceId, DeviceRecord> _devices;
    private readonly BatchLoader<BankReference, Entry> _topUps;

    public JournalReader(JournalDatabase database, JournalHealth health, JournalOptions options, TimeProvider time)
    {
        (_database, _health, _options, _time) = (database, health, options, time);
        _accounts = new(keys => Run(deadline => ReadAccounts(keys, deadline)), BatchSizeMax, lanes: 2);
        _cards = new(keys => Run(deadline => ReadCards(keys, deadline)), BatchSizeMax, lanes: 1);
        _buildings = new(keys => Run(deadline => ReadBuildings(keys, deadline)), BuildingBatchSizeMax, lanes: 1);
        _devices = new(keys => Run(deadline => ReadDevices(keys, deadline)), BatchSizeMax, lanes: 1);
        _topUps = new(keys => Run(deadline => ReadTopUps(keys, deadline)), BatchSizeMax, lanes: 1);
    }

    public Task<AccountRecord?> LoadAccount(AccountNumber account) => Load(_accounts, account);

    public Task<BuildingRecord?> LoadBuilding(BuildingId building) => Load(_buildings, building);

    public Task<Card?> LoadCard(CardToken token) => Load(_cards, token);

    public async Task<IReadOnlyDictionary<AccountNumber, string?>> ReadGroups(IReadOnlyCollection<AccountNumber> accounts) => await Run(async deadline =>
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        var groups = new Dictionary<AccountNumber, string?>(accounts.Count);
        await Read(connection, $"select number, group_key from account where number in ({_database.Keys})", [.. accounts.Select(account => account.Value)], deadline,
            row => groups[AccountNumber.From(row.GetInt64(0))] = row.IsDBNull(1) ? null : row.GetString(1));
        return groups;
    });

    public Task<DeviceRecord?> LoadDevice(DeviceId device) => Load(_devices, device);

    public Task<Entry?> FindEntry(AccountNumber account, OperationId operation) => First(
        $"""
        {Since("entry", "account")}
        select {Rows.Entry} from entry
        where account = @key and operation = @operation and seq >= (select low from search where low = high)
        order by seq limit 1
        """,
        row => Rows.ReadEntry(_database, row), Operation(account.Value, operation));

    public Task<Passage?> FindPassage(BuildingId building, OperationId operation) => First(
        $"""
        {Since("passage", "building")}
        select {Rows.Passage} from passage
        where building = @key and operation = @operation and seq >= (select low from search where low = high)
        order by seq limit 1
        """,
        row => Rows.ReadPassage(_database, row), Operation(building.Value, operation));

    public async Task<IReadOnlyList<Passage>> ReadPassages(BuildingId building, long seq, Instant since) => await Query(
        $"""
        with named as (select * from passage where building = @building and seq = @seq)
        select {Rows.Passage} from named
        union all
        select {Rows.Passage} from passage where account = (select account from named) and recorded_at >= @since and building = @building and seq <> @seq
        union all
        select {Rows.Passage} from passage
        where account = (select account from named) and kind = {(int)PassageKind.NotPassed} and recorded_at < @since and building = @building and annulled = @seq
        order by seq
        """,
        row => Rows.ReadPassage(_database, row), ("building", building.Value), ("seq", seq), ("since", _database.ToDb(since)));

    public Task<Entry?> ReadEntry(AccountNumber account, long seq) => First(
        $"select {Rows.Entry} from entry where account = @account and seq = @seq",
        row => Rows.ReadEntry(_database, row), ("account", account.Value), ("seq", seq));

    public async Task<LineSet> ReadReversed(AccountNumber account, long saleSeq)
    {
        var reversals = await Query(
            "select reversed_lines from entry where account = @account and seq > @sale and reversed_seq = @sale",
            row => row.IsDBNull(0) ? LineSet.All : new LineSet((ulong)row.GetInt64(0)), ("account", account.Value), ("sale", saleSeq));
        return reversals.Aggregate(LineSet.None, (all, one) => all | one);
    }

    // By their lines: the amounts do not tell the categories.
    public async Task<DaySpending> ReadSpent(AccountNumber account, LocalDate day)
    {
        var entries = await Query(
            $"select {Rows.Entry} from entry where account = @account and limit_day = @day and kind in (1, 2, 6)",
            row => Rows.ReadEntry(_database, row), ("account", account.Value), ("day", _database.ToDb(day)));
        return entries.Aggregate(DaySpending.None, (sum, entry) => sum + AccountRules.SpendingOf(entry));
    }

    public async Task<MealSet> ReadRedeemed(AccountNumber account, LocalDate day) => MealSet.Of(await Query(
        """
        select meal from entry where account = @account and limit_day = @day and meal is not null and kind in (2, 7)
        group by meal having sum(case when kind = 7 then 1 else -1 end) > 0
        """,
        row => (MealKind)row.GetInt16(0), ("account", account.Value), ("day", _database.ToDb(day))));

    public async Task<IReadOnlyList<Entry>> ReadOrdersEnded(AccountNumber account, LocalDate day, MealKind meal) => await Query(
        $"""
        select {Rows.Entry} from entry
        where account = @account and limit_day = @day
            and (kind in (17, 18, 19) and meal = @meal
                 or kind = 1 and reversed_seq in (select placed.seq from entry as placed where placed.account = @account and placed.kind = 16 and placed.limit_day = @day and placed.meal = @meal))
        order by seq
        """,
        row => Rows.ReadEntry(_database, row), ("account", account.Value), ("day", _database.ToDb(day)), ("meal", (short)meal));

    public Task<Entry?> FindTopUp(BankReference reference) => Load(_topUps, reference);

    public async ValueTask DisposeAsync()
    {
        await _accounts.DisposeAsync();
        await _buildings.DisposeAsync();
        await _cards.DisposeAsync();
        await _devices.DisposeAsync();
        await _topUps.DisposeAsync();
    }

    // The first row that can hold the operation: every row knows the latest making time of all ids up to it, and that never
    // goes back, so a bisection over the key finds the place in some twenty steps without an index on the operation.
    private static string Since(string table, string key) => $"""
        with recursive search (low, high) as (
            select cast(1 as bigint), cast(coalesce(max(seq), 0) + 1 as bigint) from {table} where {key} = @key
            union all
            select case when probe.made_until < @made then probe.seq + 1 else low end,
                   case when probe.made_until < @made then high else probe.seq end
            from search join {table} probe on probe.{key} = @key and probe.seq = (low + high) / 2
            where low < high
        )
        """;

    // An evacuation may be started several times: it is as old as the first start after the last mode of another kind.
    private string SinceLastMode => $"""
        select {Rows.Passage} from passage
        where building in ({_database.Keys}) and kind in (2, 11) and outcome <> {(int)PassageOutcome.Refused}
            and seq >= coalesce((
                select max(seq) from passage as other
                where other.building = passage.building and other.kind in (2, 11) and other.kind = {(int)PassageKind.ModeChange} and other.mode_after <> {(int)BuildingMode.Evacuation}
                    and other.outcome <> {(int)PassageOutcome.Refused}), 0)
        order by building, seq
        """;

    private (string, object)[] Operation(long key, OperationId operation) =>
    [
        ("key", key),
        ("operation", _database.ToDb(operation.ToGuid())),
        ("made", _database.ToDb(operation.MadeAt)),
    ];

    private async Task<Dictionary<AccountNumber, AccountRecord>> ReadAccounts(IReadOnlyList<AccountNumber> numbers, CancellationToken deadline)
    {
        var entries = new Dictionary<AccountNumber, List<Entry>>(numbers.Count);
        var orders = new Dictionary<AccountNumber, List<OpenOrder>>();
        var accounts = new Dictionary<AccountNumber, AccountRecord>(numbers.Count);
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        // Orders after the entries: one that is placed in between makes the account stale, and so does one that ends. All in one message: a wake-up is one way there and back.
        await Read(connection, [.. numbers.Select(number => number.Value)], deadline, [("count", NewestEntriesCount)],
            (_database.NewestEntries, row => Add(entries, Rows.ReadEntry(_database, row), entry => entry.Account)),
            ($"select {Rows.Order} from preorder where account in ({_database.Keys})", row =>
            {
                var (account, order) = Rows.ReadOrder(_database, row);
                Add(orders, order, _ => account);
            }),
            ($"select {Rows.Account} from account where number in ({_database.Keys})", row =>
            {
                var profile = Rows.ReadAccount(row);
                accounts[profile.Number] = new AccountRecord(profile, entries.GetValueOrDefault(profile.Number) ?? []) { Orders = orders.TryGetValue(profile.Number, out var open) ? [.. open] : [] };
            }));
        return accounts;

        static void Add<T>(Dictionary<AccountNumber, List<T>> all, T one, Func<T, AccountNumber> accountOf)
        {
            if (!all.TryGetValue(accountOf(one), out var some)) all[accountOf(one)] = some = [];
            some.Add(one);
        }
    }

    private async Task<Dictionary<BuildingId, BuildingRecord>> ReadBuildings(IReadOnlyList<BuildingId> ids, CancellationToken deadline)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        var keys = ids.Select(id => (long)id.Value).ToList();
        var profiles = new List<BuildingProfile>();
        var checkpoints = new Dictionary<BuildingId, PresenceCheckpoint>();
        var passages = ids.ToDictionary(id => id, _ => new List<Passage>());
        var modes = ids.ToDictionary(id => id, _ => new List<Passage>());

        // Passages first: a checkpoint that another silo writes in between only makes some of them superfluous.
        await Read(connection, _database.PassagesSinceCheckpoint, keys, deadline, row =>
        {
            var passage = Rows.ReadPassage(_database, row);
            passages[passage.Building].Add(passage);
        });
        await Read(connection, $"select {Rows.Building} from building where id in ({_database.Keys})", keys, deadline,
            row => profiles.Add(Rows.ReadBuilding(row)));
        await Read(connection, $"select {Rows.Checkpoint} from presence_checkpoint where building in ({_database.Keys})", keys, deadline, row =>
        {
            var checkpoint = Rows.ReadCheckpoint(_database, row);
            checkpoints[checkpoint.Building] = checkpoint;
        });
        await Read(connection, SinceLastMode, keys, deadline, row =>
        {
            var passage = Rows.ReadPassage(_database, row);
            modes[passage.Building].Add(passage);
        });

        return profiles.ToDictionary(profile => profile.Id, profile =>
            new BuildingRecord(profile, checkpoints.GetValueOrDefault(profile.Id), passages[profile.Id]) { SinceLastMode = modes[profile.Id] });
    }

    private async Task<Dictionary<CardToken, Card>> ReadCards(IReadOnlyList<CardToken> tokens, CancellationToken deadline)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select held.*, account.kind, account.roles, account.group_key
            from (select {Rows.Card} from card where token in ({_database.TokenKeys})) as held left join account on account.number = held.account
            """;
        _database.AddKeys(command, tokens);
        var cards = new Dictionary<CardToken, Card>(tokens.Count);
        await using var rows = await command.ExecuteReaderAsync(deadline);
        while (await rows.ReadAsync(deadline))
        {
            var card = Rows.ReadHeldCard(_database, rows);
            cards[card.Token] = card;
        }

        return cards;
    }

    private async Task<Dictionary<DeviceId, DeviceRecord>> ReadDevices(IReadOnlyList<DeviceId> ids, CancellationToken deadline)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        var devices = new Dictionary<DeviceId, DeviceRecord>(ids.Count);
        await Read(connection, $"select {Rows.Device}, {CreditFloor} from device where id in ({_database.Keys})", ids.Select(id => (long)id.Value).ToList(), deadline, row =>
        {
            var device = Rows.ReadDevice(row);
            devices[device.Id] = new DeviceRecord(device, new Money(row.GetInt64(Rows.DeviceColumns)));
        });
        return devices;
    }

    private async Task<Dictionary<BankReference, Entry>> ReadTopUps(IReadOnlyList<BankReference> references, CancellationToken deadline)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select {Rows.Entry}, provider, reference
            from ({_database.ReferenceKeys}) as wanted join top_up_reference using (provider, reference) join entry using (account, seq)
            """;
        _database.AddKeys(command, references);
        var entries = new Dictionary<BankReference, Entry>();
        await using var rows = await command.ExecuteReaderAsync(deadline);
        while (await rows.ReadAsync(deadline))
            entries[new BankReference(rows.GetInt32(Rows.EntryColumns), rows.GetString(Rows.EntryColumns + 1))] = Rows.ReadEntry(_database, rows);
        return entries;
    }

    private async Task<T?> First<T>(string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] parameters)
        where T : class =>
        await Query(sql, read, parameters) is [var first, ..] ? first : null;

    private Task<List<T>> Query<T>(string sql, Func<DbDataReader, T> read, params (string Name, object Value)[] parameters) => Run(async deadline =>
    {
        await using var connection = await _database.Source.OpenConnectionAsync(deadline);
        return await Select(connection, sql, read, deadline, parameters);
    });

    // The deadline counts from here: the wait for a query to take the key along is part of it.
    private async Task<TRecord?> Load<TKey, TRecord>(BatchLoader<TKey, TRecord> loader, TKey key)
        where TKey : notnull
        where TRecord : class
    {
        _health.ThrowIfDown();
        try
        {
            return await loader.Load(key).WaitAsync(_options.Deadline, _time);
        }
        catch (TimeoutException exception)
        {
            throw NoAnswer(exception);
        }
    }

    // Reads that fail for the database's sake say so in time, and whoever comes next need not try. A driver that is told to
    // give up may take its time, and a server that hangs never answers: nobody waits for either.
    private async Task<T> Run<T>(Func<CancellationToken, Task<T>> read)
    {
        _health.ThrowIfDown();
        using var deadline = new Deadline(_options.Deadline, _time);
        try
        {
            return await read(deadline.Driver).WaitAsync(deadline.Callers);
        }
        catch (Exception exception) when (exception is DbException or OperationCanceledException or IOException or TimeoutException)
        {
            _health.ReportDown(exception);
            throw NoAnswer(exception);
        }
    }

    private static JournalUnavailableException NoAnswer(Exception reason) =>
        new("The journal's database does not answer: repeat the same operation.", reason);

    private static async Task<List<T>> Select<T>(
        DbConnection connection, string sql, Func<DbDataReader, T> read, CancellationToken deadline, params (string Name, object Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Bind(command, parameters);
        var found = new List<T>();
        await using var rows = await command.ExecuteReaderAsync(deadline);
        while (await rows.ReadAsync(deadline)) found.Add(read(rows));
        return found;
    }

    private Task Read(DbConnection connection, string sql, List<long> keys, CancellationToken deadline, Action<DbDataReader> read) =>
        Read(connection, keys, deadline, [], (sql, read));

    // One message with all statements, in their order.
    private async Task Read(
        DbConnection connection, List<long> keys, CancellationToken deadline, (string Name, object Value)[] parameters, params (string Sql, Action<DbDataReader> Read)[] statements)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(";\n", statements.Select(statement => statement.Sql));
        _database.AddKeys(command, keys);
        Bind(command, parameters);
        await using var rows = await command.ExecuteReaderAsync(deadline);
        foreach (var (_, read) in statements)
        {
            while (await rows.ReadAsync(deadline)) read(rows);
            await rows.NextResultAsync(deadline);
        }
    }

    private static void Bind(DbCommand command, (string Name, object Value)[] parameters)
    {
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
