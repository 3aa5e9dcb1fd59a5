using System.Security.Cryptography;
using Zvonok.Processes;

namespace Zvonok.Load.Setup;

/// <summary>Everything that a run needs beside the client: started on demand, ended and removed when the run is over.</summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Holds all rows of most runs.</summary>
    public const int UsualCacheGigabytes = 1;

    // No checkpoint forced by volume every few seconds.
    private const string WalMax = "4GB";

    private readonly int _cacheGigabytes;
    private readonly string _home = Path.Combine(Path.GetTempPath(), $"zvonok-load-{Guid.NewGuid():N}");
    private readonly List<IAsyncDisposable> _parts = [];
    private readonly string _tokenKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
    private HugePageReserve? _hugePages;
    private TemporaryPostgres? _postgres;

    /// <param name="cacheGigabytes">The database's cache.</param>
    public Stage(int cacheGigabytes = UsualCacheGigabytes) => _cacheGigabytes = cacheGigabytes;

    /// <summary>The secret of card tokens, in hexadecimal digits, the same for every server of the run.</summary>
    public string TokenKey => _tokenKey;

    /// <summary>The database server; null when nothing has needed it.</summary>
    public TemporaryPostgres? Database => _postgres;

    /// <summary>Whether its cache lies on huge pages; null when there is none.</summary>
    public bool? IsDatabaseOnHugePages => _postgres is { } postgres ? ProcessUsage.UsesReservedHugePages(postgres.ProcessId) : null;

    /// <summary>The database's settings, as reports show them.</summary>
    public static IReadOnlyDictionary<string, string> ReportedDatabaseSettings(int cacheGigabytes = UsualCacheGigabytes) => new Dictionary<string, string>
    {
        ["shared_buffers"] = Gigabytes(cacheGigabytes),
        ["max_wal_size"] = WalMax,
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
    };

    /// <summary>The database server, started when it is first asked for.</summary>
    public async Task<TemporaryPostgres> Postgres(CancellationToken stop)
    {
        if (_postgres is { } running) return running;
        _hugePages ??= HugePageReserve.Take((long)_cacheGigabytes << 30);
        _parts.Add(_postgres = await TemporaryPostgres.Start(new PostgresSettings { SharedBuffers = Gigabytes(_cacheGigabytes), MaxWalSize = WalMax }, stop));
        return _postgres;
    }

    /// <summary>Settings of a silo on an empty store of its own.</summary>
    public async Task<SiloSettings> NewSilo(string name, Store store, CancellationToken stop)
    {
        var directory = Path.Combine(_home, name);
        Directory.CreateDirectory(directory);
        await File.WriteAllTextAsync(Path.Combine(directory, "token.key"), _tokenKey, stop);
        var connectionString = store == Store.Postgres ? await (await Postgres(stop)).CreateDatabase(name, stop) : null;
        return new SiloSettings { DataDirectory = directory, ConnectionString = connectionString };
    }

    /// <summary>Starts a silo, or starts it again on its data.</summary>
    public async Task<SiloProcess> Start(SiloSettings settings, CancellationToken stop)
    {
        var silo = await SiloProcess.Start(settings, stop);
        _parts.Add(silo);
        return silo;
    }

    /// <summary>Starts a cluster of silos, all at the same time.</summary>
    public async Task<SiloProcess[]> StartCluster(SiloSettings settings, int silos, CancellationToken stop)
    {
        var started = await SiloProcess.StartAll(settings.Cluster(silos), stop);
        _parts.AddRange(started);
        return started;
    }

    /// <summary>Starts a rival server; without a database it answers from nothing.</summary>
    public async Task<RivalProcess> StartRival(string? connectionString, CancellationToken stop)
    {
        var rival = await RivalProcess.Start(connectionString, _tokenKey, stop);
        _parts.Add(rival);
        return rival;
    }

    /// <summary>Writes out what the database holds in memory, so that a measurement does not begin with another's debts.</summary>
    public async Task Settle(CancellationToken stop)
    {
        if (_postgres is { } postgres) await postgres.Query("postgres", "checkpoint", stop);
    }

    /// <summary>Names the latest checkpoint; another name afterwards means that one was taken in between. Empty without a server.</summary>
    public async Task<string> LatestCheckpoint(CancellationToken stop) => _postgres is { } postgres
        ? await postgres.Query("postgres", "select checkpoint_lsn from pg_control_checkpoint()", stop)
        : "";

    /// <summary>Ends all servers, the last started first, and removes their data.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            for (var i = _parts.Count - 1; i >= 0; i--) await _parts[i].DisposeAsync();
        }
        finally
        {
            _hugePages?.Dispose();
        }

        if (Directory.Exists(_home)) Directory.Delete(_home, recursive: true);
    }

    private static string Gigabytes(int count) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{count}GB");
}
