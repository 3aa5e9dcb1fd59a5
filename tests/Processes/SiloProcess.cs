using System.Globalization;

namespace Zvonok.Processes;

/// <summary>How a silo is started; the same settings start it again on the same data.</summary>
public sealed record SiloSettings
{
    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; init; } = FreePort.Next();

    /// <summary>Where other silos would reach it.</summary>
    public int SiloPort { get; init; } = FreePort.Next();

    /// <summary>Where Orleans clients would reach it.</summary>
    public int GatewayPort { get; init; } = FreePort.Next();

    /// <summary>The PostgreSQL database; null: SQLite in <see cref="DataDirectory"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the SQLite file and the token key are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Further environment variables, such as <c>Zvonok__Grains__QueueMax</c>; they win over the settings above.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Where clients connect.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    internal Dictionary<string, string> AllVariables()
    {
        var all = new Dictionary<string, string>
        {
            ["Zvonok__Listen"] = $"127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}",
            ["Zvonok__DataDirectory"] = DataDirectory,
            ["Zvonok__Management__Listen"] = "127.0.0.1:0",
            ["Zvonok__Cluster__SiloPort"] = SiloPort.ToString(CultureInfo.InvariantCulture),
            ["Zvonok__Cluster__GatewayPort"] = GatewayPort.ToString(CultureInfo.InvariantCulture),
        };
        if (ConnectionString is not null) all["ConnectionStrings__Zvonok"] = ConnectionString;
        foreach (var (name, value) in Environment) all[name] = value;
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

    /// <summary>The last lines that it wrote.</summary>
    public string Output => _server.Output;

    /// <summary>Where clients connect.</summary>
    public Uri Address => Settings.Address;

    /// <summary>Starts a silo and waits until its health service says that it serves.</summary>
    public static async Task<SiloProcess> Start(SiloSettings settings, CancellationToken stop = default)
    {
        Directory.CreateDirectory(settings.DataDirectory);
        var server = ServerProcess.Start("dotnet", [await SiloProgram.Path(stop)], settings.AllVariables());
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

    /// <summary>Runs another verb of the same program with the same settings to its end, such as <c>audit</c>.</summary>
    public static async Task<CommandResult> RunVerb(SiloSettings settings, IEnumerable<string> arguments, CancellationToken stop = default) =>
        await Command.Run("dotnet", [await SiloProgram.Path(stop), .. arguments], settings.AllVariables(), stop);

    /// <summary>Asks it to stop (SIGTERM), waits until it has, and returns its exit status.</summary>
    public Task<int> Stop() => _server.Stop(StopTimeout);

    /// <summary>Ends it at once (SIGKILL), as a power cut would.</summary>
    public Task Kill() => _server.Kill();

    /// <summary>Ends it if it still runs; its data stay.</summary>
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
