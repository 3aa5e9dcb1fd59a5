using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Feed;
using Zvonok.Journal.Read;
using Zvonok.Journal.Registry;
using Zvonok.Journal.Reports;

namespace Zvonok.Journal.Postgres;

/// <summary>PostgreSQL 15 or newer, through Npgsql.</summary>
internal sealed class PostgresDatabase : JournalDatabase
{
    // Any fixed number: programs that upgrade the same database wait for one another on it.
    private const long SchemaLock = 0x5A564F4E4F4B;

    private const string Channel = "zvonok_feed";

    // Those who read pages, one who looks at the end, one who tells of commits, one who listens.
    private const int FeedConnections = JournalFeed.ReadersMax + 3;

    // One that writes down, one that looks up subscriptions, and one for what is rare.
    private const int NoticeConnectionsMax = 3;

    private readonly NpgsqlDataSource _readers;
    private readonly NpgsqlDataSource _writer;
    private readonly NpgsqlDataSource _feed;
    private readonly NpgsqlDataSource _notices;
    private readonly NpgsqlDataSource _reports;
    private readonly NpgsqlDataSource _histories;

    public PostgresDatabase(JournalOptions options)
    {
        _readers = NpgsqlDataSource.Create(Shape(options, options.ReadConnectionsMax));
        _writer = NpgsqlDataSource.Create(Shape(options, Writers));
        _feed = NpgsqlDataSource.Create(Shape(options, FeedConnections, readBuffer: 65_536));
        _notices = NpgsqlDataSource.Create(Shape(options, NoticeConnectionsMax));
        _reports = NpgsqlDataSource.Create(ShapeOfReports(options));
        _histories = NpgsqlDataSource.Create(ShapeOfHistories(options));
    }

    public override string Name => "PostgreSQL";

    public override DbDataSource Source => _readers;

    public override DbDataSource FeedSource => _feed;

    public override DbDataSource ReportSource => _reports;

    public override DbDataSource HistorySource => _histories;

    public override string? CountFeedTransaction => null;

    public override string FeedTransaction => "default";

    public override string FeedHorizon => PostgresFeedSchema.Horizon;

    public override IReadOnlyList<string> SchemaSteps => PostgresSchema.Steps;

    public override string Keys => "select unnest(@keys) as key";

    public override string TokenKeys => "select unnest(@keys) as key";

    public override string DeviceLinks => """
        select (link ->> 0)::integer as device,
               timestamptz 'epoch' + (link ->> 1)::bigint * interval '1 millisecond' as since,
               timestamptz 'epoch' + (link ->> 2)::bigint * interval '1 millisecond' as gone_at
        from json_array_elements(@rows::json) as rows (link)
        """;

    public override string ReferenceKeys => "select * from unnest(@providers, @references) as wanted (provider, reference)";

    public override string HasFurther => $"further is not null and {PostgresListSchema.Opened} && array[cast(@building as text), '*']";

    // The limit keeps the planner from joining the other way round.
    public override string AccountsOfKeys => "unnest(@keys) as wanted (key) cross join lateral (select * from account where number = wanted.key limit 1) as found";

    public override string QuarterOfEvent => "date_bin(interval '15 minutes', event_at, @from)";

    public override string NewestEntries => $"""
        select {Rows.Entry}
        from unnest(@keys) as wanted (key)
        cross join lateral (select * from entry where account = wanted.key order by seq desc limit @count) newest
        """;

    public override string PassagesSinceCheckpoint => $"""
        select {Rows.Passage}
        from unnest(@keys) as wanted (key)
        cross join lateral (
            select * from passage
            where building = wanted.key
                and seq > coalesce((select checkpoint.seq from presence_checkpoint as checkpoint where checkpoint.building = wanted.key), 0)
            order by seq
        ) later
        order by building, seq
        """;

    // A third gained nothing on two processors (docs/decisions/0014-two-writers.md).
    public override int Writers => 2;

    public override IJournalStore CreateStore() => new PostgresStore(_writer);

    public override IRegistryStore CreateRegistryStore() => new PostgresRegistryStore(_readers);

    public override Notices.INoticeStore CreateNoticeStore() => new PostgresNoticeStore(_notices);

    public override System.Data.IsolationLevel WriteIsolation => System.Data.IsolationLevel.ReadCommitted;

    public override string RowLock => "for update";

    public override bool IsUnreachable(Exception exception) => exception is
        PostgresException { SqlState: PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable }
        or (NpgsqlException and not PostgresException) or TimeoutException or OperationCanceledException;

    public override async Task UpgradeSchema(ILogger logger, CancellationToken stop)
    {
        await using var connection = await _readers.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute($"select pg_advisory_xact_lock({SchemaLock})");
        await Execute("create table if not exists schema_version (version integer primary key, applied_at timestamptz not null default now())");

        var version = (int)(await Ask("select coalesce(max(version), 0) from schema_version"))!;
        if (version > SchemaSteps.Count)
            throw new InvalidOperationException($"The database has schema version {version}, this program knows {SchemaSteps.Count}: start a newer program.");

        for (var next = version; next < SchemaSteps.Count; next++)
        {
            await Execute(SchemaSteps[next]);
            await Execute($"insert into schema_version (version) values ({next + 1})");
        }

        // Whoever holds the tables meanwhile, a backup for instance, is not waited for: that would hold up all who write behind us.
        await Execute("set local lock_timeout = '1s'");
        var shift = await Ask(PostgresFeedSchema.KeepAhead);
        if (shift is not null) await Execute($"select shift_feed({shift})");

        await transaction.CommitAsync(stop);
        if (shift is not null) Log.HistoryChanged(logger);
        if (version < SchemaSteps.Count) Log.SchemaUpgraded(logger, Name, version, SchemaSteps.Count);

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(stop);
        }

        async Task<object?> Ask(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync(stop);
        }
    }

    // Lost in a crash it would be no loss, so this one does not wait for the disk.
    public override async Task Notify(CancellationToken stop)
    {
        await using var command = _feed.CreateCommand($"select set_config('synchronous_commit', 'off', true), pg_notify('{Channel}', '')");
        await command.ExecuteNonQueryAsync(stop);
    }

    public override async Task Listen(Action heard, CancellationToken stop)
    {
        await using var connection = await _feed.OpenConnectionAsync(stop);
        connection.Notification += (_, _) => heard();
        await using (var command = new NpgsqlCommand($"listen {Channel}", connection)) await command.ExecuteNonQueryAsync(stop);
        // What was told while nobody listened.
        heard();
        while (true) await connection.WaitAsync(stop);
    }

    public override void AddKeys(DbCommand command, IReadOnlyList<long> keys) =>
        command.Parameters.Add(new NpgsqlParameter("keys", NpgsqlDbType.Array | NpgsqlDbType.Bigint) { Value = keys.ToArray() });

    public override void AddKeys(DbCommand command, IReadOnlyList<CardToken> tokens) =>
        command.Parameters.Add(new NpgsqlParameter("keys", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = tokens.Select(token => token.Value).ToArray() });

    public override void AddKeys(DbCommand command, IReadOnlyList<BankReference> references)
    {
        command.Parameters.Add(new NpgsqlParameter("providers", NpgsqlDbType.Array | NpgsqlDbType.Integer) { Value = references.Select(reference => reference.Provider).ToArray() });
        command.Parameters.Add(new NpgsqlParameter("references", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = references.Select(reference => reference.Reference).ToArray() });
    }

    public override object ToDb(Guid value) => value;

    public override object ToDb(Instant value) => value.ToDateTimeUtc();

    public override object ToDb(LocalDate value) => value.ToDateOnly();

    public override Guid ReadGuid(DbDataReader row, int column) => row.GetGuid(column);

    public override Instant ReadInstant(DbDataReader row, int column) => Instant.FromDateTimeUtc(row.GetFieldValue<DateTime>(column));

    public override LocalDate ReadDate(DbDataReader row, int column) => LocalDate.FromDateOnly(row.GetFieldValue<DateOnly>(column));

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _feed.DisposeAsync();
        await _notices.DisposeAsync();
        await _reports.DisposeAsync();
        await _histories.DisposeAsync();
        await base.DisposeAsync();
    }

    // Waiting is bounded by our own deadlines; what the user's string says beyond that stays.
    private static string Shape(JournalOptions options, int connections, int readBuffer = 8_192) => new NpgsqlConnectionStringBuilder(options.ConnectionString)
    {
        ApplicationName = "zvonok",
        MaxPoolSize = connections,
        ReadBufferSize = readBuffer,
        MaxAutoPrepare = 50,
        AutoPrepareMinUsages = 1,
        // Nobody leaves anything behind in a session, and to clean it up each time, by seven statements, would cost the server as much as a report.
        NoResetOnClose = true,
        CommandTimeout = 0,
        Timeout = 1,
        CancellationTimeout = 100,
        // Who listens says nothing for hours, and would not hear that the other end is gone.
        TcpKeepAlive = true,
        TcpKeepAliveTime = 10,
        TcpKeepAliveInterval = 5,
        IncludeErrorDetail = false,
    }.ConnectionString;

    // Their statements have one plan each, by the key; to think it over each time costs more than to follow it.
    private static string ShapeOfHistories(JournalOptions options)
    {
        var shape = new NpgsqlConnectionStringBuilder(Shape(options, Read.HistoryReader.MessagesMax));
        shape.Options = $"{shape.Options} -c plan_cache_mode=force_generic_plan".TrimStart();
        return shape.ConnectionString;
    }

    // One process of the server for a report, never helped by others: the processors are the sales'.
    private static string ShapeOfReports(JournalOptions options)
    {
        var shape = new NpgsqlConnectionStringBuilder(Shape(options, ReportReader.ReportsMax));
        shape.Options = string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.Options} -c default_transaction_read_only=on -c statement_timeout={options.ReportSecondsMax}s -c max_parallel_workers_per_gather=0").TrimStart();
        return shape.ConnectionString;
    }
}
