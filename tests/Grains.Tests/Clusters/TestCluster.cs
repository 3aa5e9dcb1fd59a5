using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;
using Zvonok.Domain.Lists;
using Zvonok.Domain.Notices;
using Zvonok.Grains.Caretaking;
using Zvonok.Grains.Notices;
using Zvonok.Grains.Registry;
using Zvonok.Journal;
using Zvonok.Journal.Audit;

namespace Zvonok.Grains.Tests.Clusters;

/// <summary>
/// Silos in this process on one SQLite file, as they are composed in production, with the clock in the test's hand, a
/// script before the journal and a count of what is read.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    /// <summary>No step of a test takes so long, unless something hangs.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly InProcessTestCluster _cluster;
    private readonly Random _random = new(1);

    private TestCluster(string directory, short silos, int queueMax, INoticeSender? sender, bool chores)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            host.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Zvonok:DataDirectory"] = directory,
                [$"{GrainsOptions.Section}:{nameof(GrainsOptions.QueueMax)}"] = queueMax.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
            host.Logging.ClearProviders();
        });
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IClock>(Clock);
            silo.Services.AddZvonokJournal();
            silo.Services.AddSingleton(new TokenKeys(new TokenKey(new byte[TokenKey.Length])));
            silo.Services.AddSingleton(new ListKeys(new ListMasterKey(new byte[ListMasterKey.Length])));
            Wrap<IJournal>(silo.Services, journal => new ScriptedJournal(journal, Script));
            Wrap<IJournalReader>(silo.Services, reader => new WatchedReader(reader, Reads, Script));
            silo.AddZvonokGrains();
            // What it does at moments of its own would come between a test and its script.
            if (chores) Rounds.Watch(silo.Services);
            else silo.Services.RemoveAll<IChore>();
            if (sender is not null)
            {
                silo.Services.AddSingleton(sender);
                silo.Services.AddSingleton<IChannelRules, AnyChannel>();
                silo.AddZvonokNotices(isBusy: _ => false);
            }

            silo.AddIncomingGrainCallFilter(Messages);
#pragma warning disable ORLEANSEXP003 // As in production (docs/decisions/0009-grain-directory.md).
            silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        });
        // A call that a dying silo took with it is known as lost after as long as in production, so that it can be repeated within the deadline.
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(messaging =>
            messaging.ResponseTimeout = TimeSpan.FromSeconds(new GrainsOptions().ResponseTimeoutSeconds)));
        _cluster = builder.Build();
    }

    public FakeClock Clock { get; } = new();

    public JournalScript Script { get; } = new();

    public Reads Reads { get; } = new();

    public MessageCounter Messages { get; } = new();

    public Rounds Rounds { get; } = new();

    public IReadOnlyList<InProcessSiloHandle> Silos => _cluster.Silos;

    /// <summary>The durable record, past all counting.</summary>
    public IJournalReader Journal => _cluster.Silos[0].ServiceProvider.GetRequiredService<IJournalReader>();

    /// <param name="directory">Where the SQLite file is.</param>
    /// <param name="silos">How many.</param>
    /// <param name="queueMax">Commands that may wait for a grain.</param>
    /// <param name="sender">Where notices go; null: nobody is told anything.</param>
    /// <param name="chores">Whether a caretaker does its chores.</param>
    public static async Task<TestCluster> Start(string directory, short silos = 1, int queueMax = 200, INoticeSender? sender = null, bool chores = false)
    {
        var cluster = new TestCluster(directory, silos, queueMax, sender, chores);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public IAccountGrain Account(AccountNumber number) => _cluster.Client.GetGrain<IAccountGrain>(number.Value);

    public IBuildingGrain Building(BuildingId id) => _cluster.Client.GetGrain<IBuildingGrain>(id.Value);

    public ICardGrain Card(CardToken token) => _cluster.Client.GetGrain<ICardGrain>(token.Value);

    /// <summary>The same account, called from one of the silos.</summary>
    public IAccountGrain AccountFrom(int silo, AccountNumber number) =>
        _cluster.Silos[silo].ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(number.Value);

    /// <summary>The next operation's id, a second after the one before.</summary>
    public OperationId NextId()
    {
        Clock.Advance(Duration.FromSeconds(1));
        lock (_random) return OperationId.Create(Clock.GetCurrentInstant(), _random);
    }

    /// <summary>A part of a silo.</summary>
    public T Part<T>(int silo = 0)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Puts rows into the registry without a word to the grains.</summary>
    public async Task Register(params RegistryRow[] rows)
    {
        var outcome = await _cluster.Silos[0].ServiceProvider.GetRequiredService<IRegistry>().Import(rows, CancellationToken.None);
        outcome.Bad.ShouldBeEmpty();
    }

    public Task Deactivate(IAddressable grain) => _cluster.DeactivateAsync(grain).WaitAsync(Deadline);

    /// <summary>Returns when no activation of the grain is left.</summary>
    public Task Gone(IAddressable grain) => _cluster.WaitForDeactivationAsync(grain).WaitAsync(Deadline);

    public Task Kill(int silo) => _cluster.KillSiloAsync(_cluster.Silos[silo]);

    /// <summary>The whole ledger of an account, oldest first.</summary>
    public async Task<IReadOnlyList<Entry>> Ledger(AccountNumber number) =>
        [.. (await Part<IHistory>().List(number, HistoryFilter.All, HistoryPlace.Newest, 10_000))?.Records.Select(record => record.Entry).OfType<Entry>().Reverse() ?? []];

    /// <summary>Checks the invariants on the data themselves.</summary>
    public async Task Audit()
    {
        var findings = await _cluster.Silos[0].ServiceProvider.GetRequiredService<Auditor>().Run(static _ => { }, CancellationToken.None);
        findings.ShouldNotBeEmpty();
        findings.Where(finding => !finding.IsClean).ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private static void Wrap<T>(IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var inner = services.Last(service => service.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(provider => wrap((T)inner.ImplementationFactory!(provider)));
    }

    private sealed class AnyChannel : IChannelRules
    {
        public bool IsAnySetUp => true;

        public string? WhyNot(Channel channel) => null;
    }
}
