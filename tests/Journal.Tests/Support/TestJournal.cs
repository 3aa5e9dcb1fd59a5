using Microsoft.Extensions.Logging.Abstractions;
using Zvonok.Journal.Audit;
using Zvonok.Journal.Cards;
using Zvonok.Journal.City;
using Zvonok.Journal.Commit;
using Zvonok.Journal.Connections;
using Zvonok.Journal.Days;
using Zvonok.Journal.Feed;
using Zvonok.Journal.Lists;
using Zvonok.Journal.Menus;
using Zvonok.Journal.Notices;
using Zvonok.Journal.Policies;
using Zvonok.Journal.Postgres;
using Zvonok.Journal.Read;
using Zvonok.Journal.Registry;
using Zvonok.Journal.Reports;
using Zvonok.Journal.Sqlite;
using Zvonok.Journal.Transfers;

namespace Zvonok.Journal.Tests.Support;

/// <summary>Puts something between the writer and its store.</summary>
internal delegate IJournalStore WrapStore(IJournalStore store);

/// <summary>All parts of a journal, put together as the silo does.</summary>
internal sealed class TestJournal : IAsyncDisposable
{
    private readonly List<RingingStore> _stores = [];
    private readonly INoticeStore _notices;

    public TestJournal(JournalOptions options, WrapStore? wrap = null, FeedPace? pace = null)
    {
        Options = options;
        Database = options.ConnectionString.Length > 0 ? new PostgresDatabase(options) : new SqliteDatabase(options);
        Health = new JournalHealth(Database.Ping, options.Deadline, TimeProvider.System, NullLogger.Instance);
        Tail = new FeedTail(Database, pace ?? FeedPace.Usual, TimeProvider.System);
        Bell = new FeedBell(Database, Tail, pace ?? FeedPace.Usual, TimeProvider.System);
        Feed = new JournalFeed(Database, Health, Metrics, Tail, TimeProvider.System);
        for (var i = 0; i < Database.Writers; i++) _stores.Add(new RingingStore(wrap is null ? Database.CreateStore() : wrap(Database.CreateStore()), Bell));
        Writer = new GroupCommit(_stores, Health, Metrics, options, TimeProvider.System, NullLogger<GroupCommit>.Instance);
        Reader = new JournalReader(Database, Health, options, TimeProvider.System);
        _notices = Database.CreateNoticeStore();
        var queries = new Queries(Database, _notices.Source, Health, "notices");
        Notices = new NoticeLog(Database, _notices, queries);
        Subscriptions = new SubscriptionStore(Database, _notices, queries, Feed);
        Registry = new RegistryImporter(Database, Health, Bell, Subscriptions);
        Policies = new CreditPolicyStore(new Queries(Database, Database.Source, Health, "policies"));
        Transfers = new TransferStore(Database, new Queries(Database, Database.Source, Health, "transfers"));
        Fees = new FeePolicyStore(new Queries(Database, Database.Source, Health, "policies"));
        Links = new DeviceLinkStore(Database, new Queries(Database, Database.Source, Health, "connections"));
        Days = new DayStore(Database, new Queries(Database, Database.Source, Health, "days"));
        Menus = new MenuStore(Database, new Queries(Database, Database.Source, Health, "menus"));
        Cards = new CardStore(Database, new Queries(Database, Database.Source, Health, "cards"), Bell);
        Lists = new ListStore(Database, new Queries(Database, Database.Source, Health, "lists"));
        Offline = new OfflinePolicyStore(new Queries(Database, Database.Source, Health, "policies"));
        Auditor = new Auditor(Database);
        Reports = new ReportReader(Database, Health, options);
        City = new CityStore(Database, Reports, new Queries(Database, Database.Source, Health, "city"));
        History = new HistoryReader(Database, Health, options);
    }

    public JournalOptions Options { get; }

    public JournalDatabase Database { get; }

    public JournalHealth Health { get; }

    public JournalMetrics Metrics { get; } = new();

    public GroupCommit Writer { get; }

    public JournalReader Reader { get; }

    public RegistryImporter Registry { get; }

    public NoticeLog Notices { get; }

    public SubscriptionStore Subscriptions { get; }

    public CreditPolicyStore Policies { get; }

    public TransferStore Transfers { get; }

    public FeePolicyStore Fees { get; }

    public DeviceLinkStore Links { get; }

    public DayStore Days { get; }

    public MenuStore Menus { get; }

    public CardStore Cards { get; }

    public ListStore Lists { get; }

    public OfflinePolicyStore Offline { get; }

    public Auditor Auditor { get; }

    public ReportReader Reports { get; }

    public CityStore City { get; }

    public HistoryReader History { get; }

    public FeedTail Tail { get; }

    public FeedBell Bell { get; }

    public JournalFeed Feed { get; }

    /// <summary>Waits for the database and makes its tables, as a silo does that starts: a first connection can take longer than a connection may.</summary>
    public Task Prepare() => new JournalStartup(Database, NullLogger<JournalStartup>.Instance).Prepare(CancellationToken.None);

    /// <summary>Appends, and expects that it is committed.</summary>
    public async Task Commit(params IEnumerable<Entry> entries)
    {
        foreach (var entry in entries) (await Writer.Append(new AccountAppend(entry))).ShouldBe(AppendOutcome.Committed);
    }

    /// <inheritdoc cref="Commit(IEnumerable{Entry})"/>
    public async Task Commit(params IEnumerable<Passage> passages)
    {
        foreach (var passage in passages) (await Writer.Append(new BuildingAppend(passage))).ShouldBe(AppendOutcome.Committed);
    }

    /// <summary>Imports, and expects that no row is bad.</summary>
    public async Task Register(params RegistryRow[] rows) =>
        (await Registry.Import(rows, CancellationToken.None)).Bad.ShouldBeEmpty();

    /// <summary>All entries of an account, newest first.</summary>
    public Task<IReadOnlyList<Entry>> Entries(AccountNumber account) => Entries(account, HistoryFilter.All);

    /// <summary>Those of an account's entries that pass a filter, newest first, read page by page.</summary>
    public async Task<IReadOnlyList<Entry>> Entries(AccountNumber account, HistoryFilter filter) =>
        [.. (await Records(account, filter, pageSize: 1_000)).Select(record => record.Entry).OfType<Entry>()];

    /// <summary>A history read page by page; nothing for an account that nobody registered.</summary>
    public async Task<IReadOnlyList<HistoryRecord>> Records(AccountNumber account, HistoryFilter filter, int pageSize)
    {
        var records = new List<HistoryRecord>();
        for (HistoryPlace? next = HistoryPlace.Newest; next is { } from;)
        {
            var page = await History.List(account, filter, from, pageSize);
            records.AddRange(page?.Records ?? []);
            (page?.Records.Count ?? 0).ShouldBeLessThanOrEqualTo(pageSize);
            next = page?.Next;
        }

        return records;
    }

    /// <summary>Returns when so many statements wait for locks that others hold, on PostgreSQL.</summary>
    public Task LocksAreWaitedFor(int statements) => Eventually.Holds(
        async () => await Number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == statements,
        $"{statements} statements that wait for a lock");

    /// <summary>Runs statements behind the journal's back.</summary>
    public async Task Sql(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one number that a statement returns.</summary>
    public async Task<long> Number(string sql)
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.Stop();
        await Reader.DisposeAsync();
        await History.DisposeAsync();
        await Notices.DisposeAsync();
        await Subscriptions.DisposeAsync();
        await _notices.DisposeAsync();
        foreach (var store in _stores) await store.DisposeAsync();
        await Bell.DisposeAsync();
        await Tail.DisposeAsync();
        Feed.Dispose();
        Lists.Dispose();
        await Health.DisposeAsync();
        await Database.DisposeAsync();
        Metrics.Dispose();
    }
}
