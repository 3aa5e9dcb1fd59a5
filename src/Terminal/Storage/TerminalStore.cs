using System.Globalization;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;
using Zvonok.Terminals.Decisions;
using Zvonok.Terminals.V1;

namespace Zvonok.Terminals.Storage;

/// <summary>
/// What must not be lost when the power goes: one SQLite file, in which every write is on the disk when it returns (`synchronous=FULL`). For one caller at a time. Throws <see cref="StoreException"/> when the disk
/// does not take or give what is asked; what was there before is there then.
/// </summary>
internal sealed class TerminalStore : IDisposable
{
    // A terminal's file is small and read from its start to its end once: pages are not worth much memory, and there may be thousands of terminals. The log is gone over when nobody is at the terminal (Rest); where
    // somebody always is, after 32 MB. It keeps its size and is written over: a file that grows takes the disk longer for each commit.
    private const string Pragmas = """
        pragma locking_mode = exclusive;
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma cache_size = -256;
        pragma temp_store = memory;
        pragma journal_size_limit = 33554432;
        pragma wal_autocheckpoint = 8000;
        """;

    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private readonly SqliteConnection _file;
    private readonly Dictionary<string, SqliteCommand> _commands = [];
    private SqliteTransaction? _transaction;

    private TerminalStore(SqliteConnection file) => _file = file;

    /// <summary>What a test does at each write, before it and after it; nothing usually.</summary>
    internal Action<StoreMoment>? Watch { get; set; }

    /// <summary>Opens the file, and makes it when it is not there.</summary>
    public static TerminalStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ConnectionString);
        var store = new TerminalStore(connection);
        try
        {
            connection.Open();
            store.Execute(Pragmas);
            if (store.Scalar("pragma quick_check(1)") is not "ok") throw new StoreException($"The terminal's file {path} is broken.", isBroken: true);
            store.Upgrade();
            return store;
        }
        catch (Exception exception)
        {
            store.Dispose();
            if (exception is SqliteException sqlite) throw StoreException.From(sqlite);
            throw;
        }
    }

    /// <summary>Nobody is at the terminal: what was written goes from the log to its place, for which nobody has to wait then.</summary>
    public void Rest() => Try(() => Scalar("pragma wal_checkpoint(passive)"));

    /// <summary>All that is needed to go on.</summary>
    public Remembered Load() => Try(() =>
    {
        var settings = Read("select name, value from setting", row => (Name: row.GetString(0), Value: row.GetString(1))).ToDictionary(setting => setting.Name, setting => setting.Value);
        return new Remembered
        {
            ClockOffset = settings.TryGetValue("clock_offset", out var offset) ? Duration.FromMilliseconds(Number(offset)) : Duration.Zero,
            Mode = settings.TryGetValue("mode", out var mode) ? ((int)Number(mode), Instant.FromUnixTimeMilliseconds(Number(settings["mode_at"]))) : null,
            FireInputs = settings.TryGetValue("fire_inputs", out var fires) ? [.. fires.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => (int)Number(id))] : [],
            List =
            [
                .. Read("select content, signing_key_id, signature from list_part order by part", row => new SignedList
                {
                    Content = ByteString.CopyFrom((byte[])row[0]), SigningKeyId = (uint)row.GetInt64(1), Signature = ByteString.CopyFrom((byte[])row[2]),
                }),
            ],
            Inside = [.. Read("select handle, since from inside", row => (row.GetInt32(0), Instant.FromUnixTimeMilliseconds(row.GetInt64(1))))],
            Sold = [.. Read("select * from sold", ReadSold)],
            Queued = (long)Scalar("select count(*) from fact")!,
        };
    });

    /// <summary>Puts a fact into the queue, with what it changes; nothing of it is there when this throws. False: that operation is in the queue already.</summary>
    public bool Append(OperationId operation, byte[] body, Sold? sold, IReadOnlyCollection<(int Handle, Instant? Since)> moves) => Write(() =>
    {
        var isNew = Run("insert into fact (operation, body) values (@operation, @body) on conflict (operation) do nothing", ("@operation", Bytes(operation)), ("@body", body)) > 0;
        if (isNew && sold is not null) Put(sold);
        Put(moves);
        return isNew;
    });

    /// <summary>Remembers what the core itself has taken.</summary>
    public void Remember(Sold sold) => Write(() => Put(sold));

    /// <summary>Remembers who is inside.</summary>
    public void Remember(IReadOnlyCollection<(int Handle, Instant? Since)> moves) => Write(() => Put(moves));

    /// <summary>Forgets what the list knows by now, or what was taken back.</summary>
    public void Forget(params IReadOnlyCollection<OperationId> sold) => Write(() =>
    {
        foreach (var operation in sold) Run("delete from sold where operation = @operation", ("@operation", Bytes(operation)));
    });

    /// <summary>True when a fact of that operation waits in the queue.</summary>
    public bool IsQueued(OperationId operation) => Try(() => Scalar("select 1 from fact where operation = @operation", ("@operation", Bytes(operation))) is not null);

    /// <summary>The next facts of the queue, in their order.</summary>
    public IReadOnlyList<QueuedFact> Next(long after, int most) => Try(() => Read(
        "select position, operation, body from fact where position > @after order by position limit @most", ReadFact, ("@after", after), ("@most", most)));

    /// <summary>The operations of the queue up to there.</summary>
    public IReadOnlyList<OperationId> UpTo(long position) => Try(() => Read("select operation from fact where position <= @position", row => Operation((byte[])row[0]), ("@position", position)));

    /// <summary>The core has all up to there, but for those that it does not take: they are kept apart. How many facts left the queue.</summary>
    public long Acknowledge(long position, Instant at, IReadOnlyCollection<(long Position, int Code, string Message)> notTaken) => Write(() =>
    {
        foreach (var (rejected, code, message) in notTaken)
        {
            Run("insert or ignore into not_taken select position, operation, body, @code, @message from fact where position = @position", ("@position", rejected), ("@code", code), ("@message", message));
        }

        Run(
            "update sold set known_at = @at where known_at is null and operation in (select operation from fact where position <= @position)",
            ("@position", position), ("@at", at.ToUnixTimeMilliseconds()));
        return (long)Run("delete from fact where position <= @position", ("@position", position));
    });

    /// <summary>It did not happen after all.</summary>
    public void Withdraw(OperationId operation) => Write(() =>
    {
        Run("delete from fact where operation = @operation", ("@operation", Bytes(operation)));
        Run("delete from sold where operation = @operation", ("@operation", Bytes(operation)));
    });

    /// <summary>What the core did not take, oldest first.</summary>
    public IReadOnlyList<RejectedFact> NotTaken() => Try(() => Read(
        "select position, operation, body, code, message from not_taken order by position", row => new RejectedFact(ReadFact(row), row.GetInt32(3), row.GetString(4))));

    /// <summary>Somebody has seen to it.</summary>
    public void ForgetNotTaken(long position) => Write(() => Run("delete from not_taken where position = @position", ("@position", position)));

    /// <summary>A whole list, in place of all that was there.</summary>
    public void PutList(SignedList list) => Write(() =>
    {
        Run("delete from list_part");
        PutPart(list);
    });

    /// <summary>A delta upon it. One that only makes the list younger takes the place of the one before that did.</summary>
    public void PutDelta(SignedList delta, bool onlyYounger) => Write(() =>
    {
        if (onlyYounger) Run("delete from list_part where part = (select value from setting where name = 'younger_part')");
        PutPart(delta);
        if (onlyYounger) Run("insert or replace into setting (name, value) values ('younger_part', last_insert_rowid())");
        else Run("delete from setting where name = 'younger_part'");
    });

    /// <summary>How many pieces the list is in.</summary>
    public long ListParts => Try(() => (long)Scalar("select count(*) from list_part")!);

    /// <summary>What the device's clock lacks.</summary>
    public void PutClockOffset(Duration offset) => Write(() => PutSetting("clock_offset", offset.BclCompatibleTicks / TimeSpan.TicksPerMillisecond));

    /// <summary>How the gates behave.</summary>
    public void PutMode(int mode, Instant at) => Write(() =>
    {
        PutSetting("mode", mode);
        PutSetting("mode_at", at.ToUnixTimeMilliseconds());
    });

    /// <summary>Which gates' fire inputs are on.</summary>
    public void PutFireInputs(IEnumerable<int> devices) => Write(() => PutSetting("fire_inputs", string.Join(',', devices)));

    /// <summary>Takes over what can be read of a broken file: first the queue, then what was sold. Where it can be read no further, that was all.</summary>
    public void Rescue(SqliteConnection broken)
    {
        Rescue(broken, "select 0, operation, body from fact order by position", row => Append(Operation((byte[])row[1]), (byte[])row[2], null, []));
        Rescue(broken, "select * from sold", row => Remember(ReadSold(row)));
        Rescue(broken, "select content, signing_key_id, signature from list_part order by part", row => Write(() => Run(
            "insert into list_part (content, signing_key_id, signature) values (@content, @key, @signature)", ("@content", row[0]), ("@key", row[1]), ("@signature", row[2]))));
        Rescue(broken, "select position, operation, body, code, message from not_taken", row => Write(() => Run(
            "insert or ignore into not_taken (position, operation, body, code, message) values (@position, @operation, @body, @code, @message)",
            ("@position", -row.GetInt64(0)), ("@operation", row[1]), ("@body", row[2]), ("@code", row[3]), ("@message", row[4]))));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _file.Dispose();
    }

    private static QueuedFact ReadFact(SqliteDataReader row) => new(row.GetInt64(0), Operation((byte[])row[1]), (byte[])row[2]);

    // A broken file may be from before rides were in it.
    private static Sold ReadSold(SqliteDataReader row) => new(
        Operation((byte[])row[0]), row.GetInt32(1), Epoch.PlusDays(row.GetInt32(2)), new DaySpending(new Money(row.GetInt64(3)), new Money(row.GetInt64(4)), new Money(row.FieldCount > 8 ? row.GetInt64(8) : 0)),
        row.IsDBNull(5) ? null : (MealKind)row.GetInt32(5), row.IsDBNull(6) ? null : (uint)row.GetInt64(6), row.IsDBNull(7) ? null : Instant.FromUnixTimeMilliseconds(row.GetInt64(7)));

    private static OperationId Operation(byte[] bytes) => OperationId.TryRead(bytes, out var operation) ? operation : throw new StoreException("An operation id of the terminal's file is none.", isBroken: true);

    private static byte[] Bytes(OperationId operation)
    {
        var bytes = new byte[OperationId.Length];
        operation.Write(bytes);
        return bytes;
    }

    private static void Rescue(SqliteConnection broken, string sql, Action<SqliteDataReader> take)
    {
        try
        {
            using var command = broken.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            while (rows.Read()) take(rows);
        }
        catch (Exception exception) when (exception is SqliteException or StoreException { IsBroken: true } or InvalidCastException)
        {
            // A page that is no page: the rows before it are taken.
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private void Upgrade()
    {
        var done = (long)Scalar("pragma user_version")!;
        if (done > StoreSchema.Steps.Length) throw new StoreException("The terminal's file was written by a newer version of this library.", isBroken: false);
        for (var step = (int)done; step < StoreSchema.Steps.Length; step++)
            Execute(string.Create(CultureInfo.InvariantCulture, $"begin; {StoreSchema.Steps[step]} pragma user_version = {step + 1}; commit;"));
    }

    private void Put(Sold sold) => Run(
        """
        insert into sold (operation, handle, day, hot_meal, buffet, meal, ordered, known_at, ride) values (@operation, @handle, @day, @hot_meal, @buffet, @meal, @ordered, @known_at, @ride)
        on conflict (operation) do nothing
        """,
        ("@operation", Bytes(sold.Operation)), ("@handle", sold.Handle), ("@day", Period.DaysBetween(Epoch, sold.Day)), ("@hot_meal", sold.Spending.HotMeal.Kopecks), ("@buffet", sold.Spending.Buffet.Kopecks),
        ("@meal", sold.Meal is { } meal ? (long)meal : DBNull.Value), ("@ordered", sold.Order is { } order ? (long)order : DBNull.Value),
        ("@known_at", sold.KnownAt is { } at ? at.ToUnixTimeMilliseconds() : DBNull.Value), ("@ride", sold.Spending.Rides.Kopecks));

    private void Put(IReadOnlyCollection<(int Handle, Instant? Since)> moves)
    {
        foreach (var (handle, since) in moves)
        {
            if (since is { } at) Run("insert or replace into inside (handle, since) values (@handle, @since)", ("@handle", handle), ("@since", at.ToUnixTimeMilliseconds()));
            else Run("delete from inside where handle = @handle", ("@handle", handle));
        }
    }

    private void PutPart(SignedList list) => Run(
        "insert into list_part (content, signing_key_id, signature) values (@content, @key, @signature)",
        ("@content", list.Content.ToByteArray()), ("@key", (long)list.SigningKeyId), ("@signature", list.Signature.ToByteArray()));

    private void PutSetting(string name, object value) => Run("insert or replace into setting (name, value) values (@name, @value)", ("@name", name), ("@value", value));

    private void Write(Action work) => Write(() =>
    {
        work();
        return true;
    });

    private T Write<T>(Func<T> work) => Try(() =>
    {
        Watch?.Invoke(StoreMoment.Before);
        T result;
        using (var transaction = _file.BeginTransaction())
        {
            _transaction = transaction;
            try
            {
                result = work();
                Watch?.Invoke(StoreMoment.BeforeCommit);
                transaction.Commit();
            }
            finally
            {
                _transaction = null;
            }
        }

        Watch?.Invoke(StoreMoment.After);
        return result;
    });

    private static T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw StoreException.From(exception);
        }
    }

    private void Execute(string sql)
    {
        using var command = _file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object Value)> values) => Command(sql, values).ExecuteNonQuery();

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object Value)> values) => Command(sql, values).ExecuteScalar();

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var rows = Command(sql, values).ExecuteReader();
        var list = new List<T>();
        while (rows.Read()) list.Add(read(rows));
        return list;
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _file.CreateCommand();
            command.CommandText = sql;
            _commands[sql] = command;
        }

        command.Transaction = _transaction;
        command.Parameters.Clear();
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }
}

/// <summary>Moments of a write.</summary>
internal enum StoreMoment
{
    Before,
    BeforeCommit,
    After,
}
