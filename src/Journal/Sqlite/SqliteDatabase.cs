using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Read;
using Zvonok.Journal.Registry;

namespace Zvonok.Journal.Sqlite;

/// <summary>
/// SQLite in a file: write-ahead log, <c>synchronous=FULL</c> (a commit is on the disk when it returns), one writer at a time.
/// </summary>
internal sealed class SqliteDatabase : JournalDatabase
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "zvonok.db";

    private readonly string _directory;
    private readonly string _connectionString;
    private readonly SqliteSource _source;

    // SQLite reads in its caller's thread, and a long page would keep it from grains and sockets.
    private readonly OwnThread _feedThread = new("zvonok-sqlite-feed");

    public SqliteDatabase(JournalOptions options)
    {
        _directory = options.DataDirectory;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(options.DataDirectory, FileName),
            DefaultTimeout = 5,
        }.ConnectionString;
        _source = new SqliteSource(_connectionString);
    }

    public override string Name => "SQLite";

    public override DbDataSource Source => _source;

    public override string? CountFeedTransaction => SqliteFeedSchema.NextTx;

    public override string FeedTransaction => "(select tx from feed_clock)";

    public override string FeedHorizon => SqliteFeedSchema.Horizon;

    public override IReadOnlyList<string> SchemaSteps => SqliteSchema.Steps;

    public override string Keys => "select value as key from json_each(@keys)";

    public override string TokenKeys => "select unhex(value) as key from json_each(@keys)";

    public override string DeviceLinks => "select value ->> 0 as device, value ->> 1 as since, value ->> 2 as gone_at from json_each(@rows)";

    public override string ReferenceKeys => "select value ->> 0 as provider, value ->> 1 as reference from json_each(@keys)";

    public override string HasFurther => "token in (select token from card_further where building in (@building, 0))";

    public override string QuarterOfEvent => "event_at - (event_at - @from) % 900000";

    // Numbers have no gaps, so the newest few of an account are a range of its key.
    public override string NewestEntries => $"""
        select {Rows.Entry}
        from json_each(@keys) as wanted
        cross join entry on entry.account = wanted.value
            and seq > (select coalesce(max(seq), 0) from entry as newest where newest.account = wanted.value) - @count
        order by account, seq desc
        """;

    public override string PassagesSinceCheckpoint => $"""
        select {Rows.Passage}
        from json_each(@keys) as wanted
        cross join passage on passage.building = wanted.value
            and seq > coalesce((select checkpoint.seq from presence_checkpoint as checkpoint where checkpoint.building = wanted.value), 0)
        order by building, seq
        """;

    // The file has one writer at a time.
    public override int Writers => 1;

    public override IJournalStore CreateStore() => new SqliteStore(_source);

    public override IRegistryStore CreateRegistryStore() => new SqliteRegistryStore(_source);

    public override Notices.INoticeStore CreateNoticeStore() => new SqliteNoticeStore(_source);

    public override System.Data.IsolationLevel WriteIsolation => System.Data.IsolationLevel.Serializable;

    public override string RowLock => "";

    public override bool IsUnreachable(Exception exception) => exception is SqliteException { SqliteErrorCode: SqliteErrors.Busy or SqliteErrors.Locked };

    public override async Task UpgradeSchema(ILogger logger, CancellationToken stop)
    {
        Directory.CreateDirectory(_directory);
        await using var connection = (SqliteConnection)await _source.OpenConnectionAsync(stop);
        Execute("pragma journal_mode = wal");
        await using var transaction = connection.BeginTransaction(deferred: false);
        var version = Convert.ToInt32(Execute("pragma user_version"), CultureInfo.InvariantCulture);
        if (version > SchemaSteps.Count)
            throw new InvalidOperationException($"The database has schema version {version}, this program knows {SchemaSteps.Count}: start a newer program.");

        for (var next = version; next < SchemaSteps.Count; next++) Execute(SchemaSteps[next]);
        Execute(string.Create(CultureInfo.InvariantCulture, $"pragma user_version = {SchemaSteps.Count}"));
        await transaction.CommitAsync(stop);
        if (version < SchemaSteps.Count) Log.SchemaUpgraded(logger, Name, version, SchemaSteps.Count);

        object? Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return command.ExecuteScalar();
        }
    }

    public override void AddKeys(DbCommand command, IReadOnlyList<long> keys) =>
        ((SqliteCommand)command).Parameters.AddWithValue("@keys", JsonSerializer.Serialize(keys));

    public override void AddKeys(DbCommand command, IReadOnlyList<CardToken> tokens) =>
        ((SqliteCommand)command).Parameters.AddWithValue("@keys", JsonSerializer.Serialize(tokens.Select(token => Convert.ToHexString(ToBlob(token.Value)))));

    public override void AddKeys(DbCommand command, IReadOnlyList<BankReference> references) =>
        ((SqliteCommand)command).Parameters.AddWithValue("@keys", JsonSerializer.Serialize(references.Select(reference => new object[] { reference.Provider, reference.Reference })));

    public override object ToDb(Guid value) => ToBlob(value);

    public override object ToDb(Instant value) => value.ToUnixTimeMilliseconds();

    public override object ToDb(LocalDate value) => ToNumber(value);

    public override Guid ReadGuid(DbDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public override Instant ReadInstant(DbDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));

    public override LocalDate ReadDate(DbDataReader row, int column)
    {
        var number = row.GetInt32(column);
        return new LocalDate(number / 10_000, number / 100 % 100, number % 100);
    }

    public override Task<T> ReadApart<T>(Func<Task<T>> read) => _feedThread.Run(() => read().GetAwaiter().GetResult());

    public override Task<T> ReadAtLength<T>(Func<Task<T>> read) =>
        Task.Factory.StartNew(() => read().GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public override void Interrupt(DbConnection connection) => SQLitePCL.raw.sqlite3_interrupt(((SqliteConnection)connection).Handle);

    public override async ValueTask DisposeAsync()
    {
        _feedThread.Dispose();
        await base.DisposeAsync();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    internal static byte[] ToBlob(Guid value) => value.ToByteArray(bigEndian: true);

    internal static long ToNumber(LocalDate day) => day.Year * 10_000 + day.Month * 100 + day.Day;
}

/// <summary>Result codes of SQLite.</summary>
internal static class SqliteErrors
{
    public const int Busy = 5;
    public const int Locked = 6;
    public const int TooBig = 18;
    public const int Constraint = 19;
    public const int Mismatch = 20;
    public const int PrimaryKey = 1555;
    public const int Unique = 2067;
}
