using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;
using Orleans.Storage;
using Zvonok.Journal;
using Zvonok.Processes;

namespace Zvonok.Silo.Tests.Stage;

/// <summary>Orleans' providers as a silo composes them, on a database of the current schema; no silo runs.</summary>
internal sealed class Providers : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new("zvonok-silo-tests");
    private readonly WebApplication _app;

    private Providers(string? postgres, string cluster)
    {
        _app = Composition.BuildServer(builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["ConnectionStrings:Zvonok"] = postgres ?? "",
                ["Zvonok:DataDirectory"] = _directory.Make("data"),
                ["Zvonok:Cluster:Name"] = cluster,
            });
            builder.Logging.ClearProviders();
        });
    }

    public static async Task<Providers> Open(string? postgres, string cluster = "zvonok")
    {
        var providers = new Providers(postgres, cluster);
        await providers._app.Services.GetRequiredService<JournalStartup>().Prepare(CancellationToken.None);
        return providers;
    }

    /// <summary>The table of members, ready.</summary>
    public async Task<IMembershipTable> Members()
    {
        var table = _app.Services.GetRequiredService<IMembershipTable>().ShouldBeOfType<AdoNetClusteringTable>();
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true);
        return table;
    }

    /// <summary>The table of reminders, ready.</summary>
    public async Task<IReminderTable> Reminders()
    {
        var table = _app.Services.GetRequiredService<IReminderTable>();
        await table.StartAsync();
        return table;
    }

    /// <summary>What grains without a wish of their own keep their state in, ready.</summary>
    public async Task<IGrainStorage> GrainStates()
    {
        var storage = _app.Services.GetRequiredService<IGrainStorage>().ShouldBeOfType<AdoNetGrainStorage>();
        var start = new Start();
        storage.Participate(start);
        await start.Run();
        return storage;
    }

    public string ServiceId => _app.Services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>The start of a silo in which nothing else takes part.</summary>
    private sealed class Start : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => ServiceLifecycleStage.First;

        public int LowestStoppedStage => ServiceLifecycleStage.Last;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }

        public async Task Run()
        {
            foreach (var observer in _observers) await observer.OnStart(CancellationToken.None);
        }
    }
}
