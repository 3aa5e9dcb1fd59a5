using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Zvonok.Api.Hosting;
using Zvonok.Journal;
using Zvonok.Silo.Cluster;
using Zvonok.Silo.Management;

namespace Zvonok.Silo.Demo;

/// <summary>The whole server in this process, on loopback, with SQLite in a new directory.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private readonly Func<WebApplication> _build;
    private WebApplication _app;
    private bool _isStopped;

    private DemoServer(Func<WebApplication> build, Func<string> directory)
    {
        (_build, _app) = (build, build());
        Directory = directory();
        Listen = Services.GetRequiredService<IOptions<ApiOptions>>().Value.Listen;
    }

    /// <summary>Where the demo's data are; nobody else's are touched.</summary>
    public string Directory { get; }

    /// <summary>Address and port as set.</summary>
    public string Listen { get; }

    /// <summary>The server's parts.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Appends and batches of the journal before the server was started last.</summary>
    public (long Appends, long Batches) JournalBefore { get; private set; }

    /// <summary>Builds it; a setting at fault throws.</summary>
    /// <param name="screen">Where its messages are shown.</param>
    /// <param name="receivers">Where its notices go.</param>
    public static DemoServer Build(DemoScreen screen, DemoReceivers receivers)
    {
        var directory = "";
        return new DemoServer(
            () =>
            {
                var app = Composition.BuildServer(builder =>
                {
                    // A server that is started again goes on with its data.
                    if (directory.Length == 0) directory = MakeDirectory(builder.Configuration["Zvonok:DataDirectory"] ?? "data");
                    builder.Configuration.AddInMemoryCollection(Overrides(builder.Configuration, directory));
                    builder.Configuration.AddInMemoryCollection(receivers.Settings);
                    builder.Logging.ClearProviders().AddProvider(new ScreenLoggerProvider(screen));
                });
                Composition.LoadSecrets(app.Services);
                return app;
            },
            () => directory);
    }

    public Task Start(CancellationToken stop) => _app.StartAsync(stop);

    /// <summary>Stops it and lets go of all that it has in memory; its data stay.</summary>
    public async Task Stop()
    {
        var metrics = Services.GetRequiredService<JournalMetrics>();
        JournalBefore = (JournalBefore.Appends + metrics.Appends, JournalBefore.Batches + metrics.Batches);
        await DisposeAsync();
    }

    /// <summary>Starts another one on the same data.</summary>
    public Task StartAgain(CancellationToken stop)
    {
        (_app, _isStopped) = (_build(), false);
        return Start(stop);
    }

    /// <summary>Serves until SIGTERM or Ctrl-C, then drains.</summary>
    public Task ServeOn(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    public async ValueTask DisposeAsync()
    {
        if (_isStopped) return;
        _isStopped = true;
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Dictionary<string, string?> Overrides(ConfigurationManager configuration, string directory)
    {
        var overrides = new Dictionary<string, string?>
        {
            ["Zvonok:DataDirectory"] = directory,
            // Whoever has a PostgreSQL database configured does not want 5,000 invented pupils in it.
            [$"ConnectionStrings:{JournalOptions.ConnectionStringName}"] = "",
            // Nothing but faults shall interrupt the display.
            ["Logging:LogLevel:Zvonok"] = nameof(LogLevel.Warning),
        };
        // The demo's cluster has one member, so nobody needs to know its port, and another silo may run beside it.
        const string port = $"{ClusterSettings.Section}:{nameof(ClusterSettings.SiloPort)}";
        if (configuration[port] is null) overrides[port] = FreePort().ToString(CultureInfo.InvariantCulture);
        overrides[$"{ManagementOptions.Section}:Listen"] = configuration[$"{ManagementOptions.Section}:Listen"] ?? "127.0.0.1:0";
        return overrides;
    }

    private static string MakeDirectory(string parent)
    {
        var name = $"demo-{TimeProvider.System.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        var path = Path.Combine(parent, name);
        for (var copy = 2; Path.Exists(path); copy++) path = Path.Combine(parent, $"{name}-{copy}");
        try
        {
            return System.IO.Directory.CreateDirectory(path).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException($"Zvonok:DataDirectory: no directory for the demo can be made in {parent}: {exception.Message}");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
