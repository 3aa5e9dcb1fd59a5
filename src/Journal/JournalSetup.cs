using Zvonok.Grains.Policies;
using Zvonok.Journal.Policies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Zvonok.Grains.Alarms;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Cards;
using Zvonok.Grains.City;
using Zvonok.Grains.Days;
using Zvonok.Grains.Feed;
using Zvonok.Grains.Lists;
using Zvonok.Grains.Menus;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Grains.Reports;
using Zvonok.Grains.Transfers;
using Zvonok.Journal.Alarms;
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
using Zvonok.Journal.PickUps;
using Zvonok.Journal.Postgres;
using Zvonok.Journal.Read;
using Zvonok.Journal.Registry;
using Zvonok.Journal.Reports;
using Zvonok.Journal.Sqlite;
using Zvonok.Journal.Transfers;

namespace Zvonok.Journal;

/// <summary>Composition of the journal.</summary>
public static class JournalSetup
{
    /// <summary>
    /// Adds the journal: PostgreSQL when the connection string <c>Zvonok</c> is set, else SQLite in
    /// <c>Zvonok:DataDirectory</c>. It starts before the grains and stops after them when hosted in a silo.
    /// </summary>
    public static IServiceCollection AddZvonokJournal(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<JournalOptions>()
            .BindConfiguration(JournalOptions.Section)
            .Configure<IConfiguration>((options, configuration) =>
            {
                options.ConnectionString = configuration.GetConnectionString(JournalOptions.ConnectionStringName) ?? "";
                options.DataDirectory = configuration["Zvonok:DataDirectory"] ?? options.DataDirectory;
            })
            .ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<JournalOptions>, ConnectionStringValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<JournalOptions>>().Value);
        services.AddSingleton<JournalDatabase>(provider => Create(provider.GetRequiredService<JournalOptions>()));
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton(provider =>
        {
            var health = new JournalHealth(
                provider.GetRequiredService<JournalDatabase>().Ping,
                provider.GetRequiredService<JournalOptions>().Deadline,
                TimeProvider.System,
                provider.GetRequiredService<ILogger<JournalHealth>>());
            provider.GetRequiredService<JournalMetrics>().ObserveHealth(health);
            return health;
        });
        services.AddSingleton(provider => new FeedTail(provider.GetRequiredService<JournalDatabase>(), FeedPace.Usual, TimeProvider.System));
        services.AddSingleton(provider => new FeedBell(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<FeedTail>(), FeedPace.Usual, TimeProvider.System));
        services.AddSingleton<IFeed>(provider => new JournalFeed(
            provider.GetRequiredService<JournalDatabase>(),
            provider.GetRequiredService<JournalHealth>(),
            provider.GetRequiredService<JournalMetrics>(),
            provider.GetRequiredService<FeedTail>(),
            TimeProvider.System));
        services.AddSingleton(provider => new JournalStores(provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<FeedBell>()));
        services.AddSingleton(provider => new GroupCommit(
            provider.GetRequiredService<JournalStores>().All,
            provider.GetRequiredService<JournalHealth>(),
            provider.GetRequiredService<JournalMetrics>(),
            provider.GetRequiredService<JournalOptions>(),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<GroupCommit>>()));
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<GroupCommit>());
        services.AddSingleton<IJournalReader>(provider => new JournalReader(
            provider.GetRequiredService<JournalDatabase>(),
            provider.GetRequiredService<JournalHealth>(),
            provider.GetRequiredService<JournalOptions>(),
            TimeProvider.System));
        services.AddSingleton(provider => provider.GetRequiredService<JournalDatabase>().CreateNoticeStore());
        services.AddSingleton(provider => new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<INoticeStore>().Source, provider.GetRequiredService<JournalHealth>(), "notices"));
        services.AddSingleton<INoticeLog>(provider => new NoticeLog(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<INoticeStore>(), provider.GetRequiredService<Queries>()));
        services.AddSingleton(provider => new SubscriptionStore(
            provider.GetRequiredService<JournalDatabase>(),
            provider.GetRequiredService<INoticeStore>(),
            provider.GetRequiredService<Queries>(),
            provider.GetRequiredService<IFeed>()));
        services.AddSingleton<ISubscriptions>(provider => provider.GetRequiredService<SubscriptionStore>());
        services.AddSingleton<IRegistry>(provider => new RegistryImporter(
            provider.GetRequiredService<JournalDatabase>(),
            provider.GetRequiredService<JournalHealth>(),
            provider.GetRequiredService<FeedBell>(),
            provider.GetRequiredService<SubscriptionStore>()));
        services.AddSingleton<ICreditPolicies>(provider => new CreditPolicyStore(new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "policies")));
        services.AddSingleton<IOfflinePolicies>(provider => new OfflinePolicyStore(new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "policies")));
        services.AddSingleton<IListSource>(provider => new ListStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "lists")));
        services.AddSingleton<IListHolders>(provider => new HolderStore(new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "lists")));
        services.AddSingleton<IFeePolicies>(provider => new FeePolicyStore(new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "policies")));
        services.AddSingleton<IDayLog>(provider => new DayStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "days")));
        services.AddSingleton<ITransferLog>(provider => new TransferStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "transfers")));
        services.AddSingleton(provider => new ReportReader(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalHealth>(), provider.GetRequiredService<JournalOptions>()));
        services.AddSingleton<IReports>(provider => provider.GetRequiredService<ReportReader>());
        services.AddSingleton<ICityLog>(provider => new CityStore(provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<ReportReader>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "city")));
        services.AddSingleton<IHistory>(provider => new HistoryReader(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalHealth>(), provider.GetRequiredService<JournalOptions>()));
        services.AddSingleton<ICardLog>(provider => new CardStore(
            provider.GetRequiredService<JournalDatabase>(),
            new Queries(provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "cards"),
            provider.GetRequiredService<FeedBell>()));
        services.AddSingleton<IAlarmLog>(provider => new AlarmStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "alarms")));
        services.AddSingleton<IMenus>(provider => new MenuStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "menus")));
        services.AddSingleton<IPickUps>(provider => new PickUpStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "pick-ups")));
        services.AddSingleton<IDeviceLinks>(provider => new DeviceLinkStore(provider.GetRequiredService<JournalDatabase>(), new Queries(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<JournalDatabase>().Source, provider.GetRequiredService<JournalHealth>(), "connections")));
        services.AddSingleton(provider => new Auditor(provider.GetRequiredService<JournalDatabase>()));
        services.AddSingleton(provider => new JournalStartup(
            provider.GetRequiredService<JournalDatabase>(), provider.GetRequiredService<ILogger<JournalStartup>>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, JournalLifecycle>();
        // Why the journal is unavailable goes along to the silo whose door was asked. Without this the answer could not be written at all.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(Npgsql)));
        return services;
    }

    private static JournalDatabase Create(JournalOptions options) =>
        options.ConnectionString.Length > 0 ? new PostgresDatabase(options) : new SqliteDatabase(options);
}
