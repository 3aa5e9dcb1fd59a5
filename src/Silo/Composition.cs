using Zvonok.Api.Hosting;
using Zvonok.Channels;
using Zvonok.Grains;
using Zvonok.Grains.Alarms;
using Zvonok.Grains.Notices;
using Zvonok.Journal;
using Zvonok.Silo.Cluster;
using Zvonok.Silo.Management;

namespace Zvonok.Silo;

/// <summary>Puts the rooms together.</summary>
internal static class Composition
{
    /// <summary>The whole server.</summary>
    public static WebApplication BuildServer(Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // It logs nothing here, but whoever might listen to it has every request begin and end an activity: a twentieth of a sale's processor time.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        configure?.Invoke(builder);
        AddStore(builder.Services);
        builder.Services.AddSingleton(provider => ListKeyFiles.LoadKeys(provider.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton(provider => ListKeyFiles.LoadSigner(provider.GetRequiredService<IConfiguration>()));
        // A queue of answers is drained, not cut: a graceful stop loses nothing.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.AddZvonokManagement();
        // Before the web host's own services: hosted services stop in reverse, so the doors close first.
        builder.UseOrleans(silo => silo.AddZvonokCluster(builder.Configuration).AddZvonokGrains().AddZvonokNotices(ApiSetup.AreDoorsBusy).AddZvonokAlarms());
        builder.AddZvonokDashboard();
        builder.AddZvonokApi(services => services.GetRequiredService<JournalHealth>().IsUp);
        var app = builder.Build();
        app.MapZvonokApi();
        app.MapZvonokDashboard();
        return app;
    }

    /// <summary>Reads the secrets now: one that is missing or broken stops the start.</summary>
    public static void LoadSecrets(IServiceProvider services)
    {
        _ = services.GetRequiredService<Domain.Cards.TokenKeys>();
        _ = services.GetRequiredService<Domain.Lists.ListKeys>();
        _ = services.GetRequiredService<Domain.Lists.ListSigner>();
    }

    /// <summary>The store alone, for verbs that need no silo.</summary>
    public static ServiceProvider BuildStore()
    {
        var services = new ServiceCollection();
        var configuration = ReadConfiguration();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole());
        AddStore(services);
        services.AddSingleton<Api.Registry.RegistryFeed>();
        return services.BuildServiceProvider();
    }

    /// <summary>The settings, for verbs that need no more.</summary>
    public static IConfiguration ReadConfiguration() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();

    private static void AddStore(IServiceCollection services)
    {
        services.AddZvonokJournal();
        services.AddZvonokChannels();
        services.AddSingleton(provider => TokenKeyFile.Load(provider.GetRequiredService<IConfiguration>()));
    }
}
