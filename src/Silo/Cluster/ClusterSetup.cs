using System.Net;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Zvonok.Journal;

namespace Zvonok.Silo.Cluster;

/// <summary>
/// How silos find each other and notice that one is gone. With PostgreSQL the database is all that they need to know: membership,
/// reminders and the slow state of grains lie there, in tables of the journal's schema. With SQLite a silo is alone, its reminders last
/// as long as it does, and the slow state lies in the same file.
/// </summary>
internal static class ClusterSetup
{
    private const string Postgres = "Npgsql";

    // Orleans knows SQLite by this name only; the driver is Microsoft.Data.Sqlite.
    private const string Sqlite = "System.Data.SQLite";

    public static ISiloBuilder AddZvonokCluster(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddOptionsWithValidateOnStart<ClusterSettings>().BindConfiguration(ClusterSettings.Section).ValidateDataAnnotations();
        silo.Services.AddSingleton<IValidateOptions<ClusterSettings>, ClusterAddressValidator>();
        _ = string.IsNullOrEmpty(configuration.GetConnectionString(JournalOptions.ConnectionStringName)) ? silo.StandAlone() : silo.FindEachOther();
        silo.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusterSettings>>((cluster, settings) =>
            cluster.ClusterId = cluster.ServiceId = settings.Value.Name);
        silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<ClusterSettings>>((endpoints, settings) =>
        {
            endpoints.AdvertisedIPAddress = IPAddress.Parse(settings.Value.Address);
            endpoints.SiloPort = settings.Value.SiloPort;
            // Nobody comes in but through the doors: without a port there is no gateway for Orleans clients.
            endpoints.GatewayPort = 0;
        });
        return silo;
    }

    private static ISiloBuilder StandAlone(this ISiloBuilder silo) => silo
        .UseLocalhostClustering(gatewayPort: 0)
        .UseInMemoryReminderService()
        .AddAdoNetGrainStorageAsDefault(storage => storage.Configure<IOptions<JournalOptions>>((options, journal) =>
            (options.Invariant, options.ConnectionString) = (Sqlite, ClusterConnections.Sqlite(journal.Value))));

    private static ISiloBuilder FindEachOther(this ISiloBuilder silo)
    {
        silo.UseAdoNetClustering(table => table.Configure<IOptions<JournalOptions>>((options, journal) =>
            (options.Invariant, options.ConnectionString) = (Postgres, ClusterConnections.Postgres(journal.Value))));
        silo.UseAdoNetReminderService(table => table.Configure<IOptions<JournalOptions>>((options, journal) =>
            (options.Invariant, options.ConnectionString) = (Postgres, ClusterConnections.Postgres(journal.Value))));
        silo.AddAdoNetGrainStorageAsDefault(storage => storage.Configure<IOptions<JournalOptions>>((options, journal) =>
            (options.Invariant, options.ConnectionString) = (Postgres, ClusterConnections.Postgres(journal.Value))));
#pragma warning disable ORLEANSEXP003 // Marked experimental; docs/decisions/0009-grain-directory.md tells why we take it.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        // After a death the directory would keep the dead one's part shut for half a minute, lest it still writes. Here the journal's key sees to that.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        silo.Configure<ClusterMembershipOptions>(Watch);
        silo.Services.AddSingleton<IFatalErrorHandler, LastWord>();
        return silo;
    }

    // Two silos have to find a third one silent: four probes in a row without an answer, a second each, and no other message from it
    // meanwhile. No pause of a living silo is that long, and 8 seconds after a kill all is found, voted and told. The least and the most are the
    // same, for what probes adapt to is the past, and the most is what the silence is measured by. Each silo looks for itself: probes
    // by way of a third would prolong the search.
    private static void Watch(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = membership.MinProbeTimeout = membership.MaxProbeTimeout = TimeSpan.FromSeconds(1);
        membership.NumMissedProbesLimit = 4;
        membership.EnableIndirectProbes = false;
        membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
        // How soon a silo that slept through its own death reads of it.
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // When all were killed at once, new ones on other addresses wait until the dead have missed three of these.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
    }
}
