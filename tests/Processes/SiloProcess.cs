using System.Globalization;

namespace Zvonok.Processes;

/// <summary>How a silo is started; the same settings start it again on the same data.</summary>
public sealed record SiloSettings
{
    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; init; } = FreePort.Next();

    /// <summary>Where other silos reach it, on 127.0.0.1.</summary>
    public int SiloPort { get; init; } = FreePort.Next();

    /// <summary>The cluster's name: silos of one name on one PostgreSQL database are one cluster.</summary>
    public string ClusterName { get; init; } = "zvonok";

    /// <summary>The PostgreSQL database; null: SQLite in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the SQLite file and the token key are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The assembly that is run; null: the silo of this working copy.</summary>
    public string? Program { get; init; }

    /// <summary>Further settings, such as <c>Zvonok:Grains:QueueMax</c>, or environment variables, such as <c>Zvonok__Grains__QueueMax</c>; they win over the settings above.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where clients connect.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Another silo of the same cluster, on the same data, beside this one. It shares the data directory for its token key.</summary>
    public SiloSettings Another() => this with { Port = FreePort.Next(), SiloPort = FreePort.Next() };

    /// <summary>A cluster of so many silos, this one and others.</summary>
    public SiloSettings[] Cluster(int silos) => [this, .. Enumerable.Range(1, silos - 1).Select(_ => Another())];

    internal Dictionary<string, string> AllVariables()
    {
        var all = new Dictionary<string, string>
        {
            ["Zvonok__Listen"] = $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}",
            ["Zvonok__DataDirectory"] = DataDirectory,
            ["Zvonok__Management__Listen"] = "127.0.0.1:0",
            ["Zvonok__Cluster__SiloPort"] = SiloPort.ToString(CultureInfo.InvariantCulture),
            ["Zvonok__Cluster__Name"] = ClusterName,
        };
        if (ConnectionString is not null) all["ConnectionStrings__Zvonok"] = ConnectionString;
        foreach (var (name, value) in Environment) all[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        return all;
    }
}

/// <summary>A silo as a process of its own.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);
    private readonly ServerProcess _server;

    private SiloProcess(SiloSettings settings, ServerProcess server) => (Settings, _server) = (settings, server);

    /// <summary>What it was started with.</summary>
    public SiloSettings Settings { get; }

    /// <summary>Its process id.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>True when it is gone, for whatever reason.</summary>
    public bool HasExited => _server.HasExited;

    /// <summary>How it ended; only to be asked when it has.</summary>
    public int ExitCode => _server.ExitCode;

    /// <summary>The last lines that it wrote.</summary>
    public string Output => _server.Output;

    /// <summary>Where clients connect.</summary>
    public Uri Address => Settings.Address;

    /// <summary>Starts a silo and waits until its health service says that it serves.</summary>
    public static async Task<SiloProcess> Start(SiloSettings settings, CancellationToken stop = default)
    {
        Directory.CreateDirectory(settings.DataDirectory);
        var server = ServerProcess.Start("dotnet", [settings.Program ?? await SiloProgram.Path(stop)], settings.AllVariables());
        try
        {
            await server.WaitUntilServing(settings.Address, ReadyTimeout, stop);
            return new SiloProcess(settings, server);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts silos at the same time: one of each of the settings.</summary>
    public static async Task<SiloProcess[]> StartAll(IEnumerable<SiloSettings> settings, CancellationToken stop = default)
    {
        var starts = settings.Select(one => Start(one, stop)).ToList();
        try
        {
            return await Task.WhenAll(starts);
        }
        catch
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully)) await (await start).DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs another verb of the same program with the same settings to its end, such as <c>audit</c>.</summary>
    public static async Task<CommandResult> RunVerb(SiloSettings settings, IEnumerable<string> arguments, CancellationToken stop = default) =>
        await Command.Run("dotnet", [await SiloProgram.Path(stop), .. arguments], settings.AllVariables(), stop);

    /// <summary>Asks it to stop (SIGTERM), waits until it has, and returns its exit status.</summary>
    public Task<int> Stop() => _server.Stop(StopTimeout);

    /// <summary>Ends it at once (SIGKILL), as a power cut would.</summary>
    public Task Kill() => _server.Kill();

    /// <summary>Stops it where it is (SIGSTOP), as a machine does that is suspended.</summary>
    public void Freeze() => _server.Freeze();

    /// <summary>Lets it go on (SIGCONT).</summary>
    public void Thaw() => _server.Thaw();

    /// <summary>Waits until it has ended by itself, and returns its exit status.</summary>
    public Task<int> WaitForExit(TimeSpan timeout) => _server.WaitForExit(timeout);

    /// <summary>Ends it if it still runs; its data stay.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
