using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Journal;

namespace Zvonok.Micro;

/// <summary>
/// A call through the grains of a one-silo cluster, with a journal that is done at once: what Orleans adds to the rules.
/// <see cref="EmptyCall"/> is the least that a grain call can cost.
/// </summary>
[MemoryDiagnoser]
public class GrainBenchmarks
{
    private InProcessTestCluster _cluster = null!;
    private IEmptyGrain _empty = null!;
    private ICardGrain _card = null!;

    /// <summary>Starts the cluster and activates the grains.</summary>
    [GlobalSetup]
    public async Task Setup()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddZvonokGrains();
            silo.Services.AddSingleton<IJournal, InstantJournal>();
            silo.Services.AddSingleton<IJournalReader, OnePupilReader>();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        // From inside the silo, as the doors call.
        var grains = _cluster.GetSiloServiceProvider(_cluster.Silos[0].SiloAddress).GetRequiredService<IGrainFactory>();
        _empty = grains.GetGrain<IEmptyGrain>(0);
        _card = grains.GetGrain<ICardGrain>(Samples.Card.Token.Value);
        await _empty.Call();
        await Sell();
        await Tap();
    }

    /// <summary>Stops the cluster.</summary>
    [GlobalCleanup]
    public async Task Cleanup() => await _cluster.DisposeAsync();

    /// <summary>One message to a grain that does nothing.</summary>
    [Benchmark(Baseline = true)]
    public Task EmptyCall() => _empty.Call();

    /// <summary>A sale: the card's grain, then the account's.</summary>
    [Benchmark]
    public async Task<long> Sell() => (await _card.Sell(Samples.Sale(SystemClock.Instance.GetCurrentInstant()))).Seq;

    /// <summary>A tap: the card's grain, then the building's.</summary>
    [Benchmark]
    public async Task<long> Tap() => (await _card.Tap(Samples.Tap(SystemClock.Instance.GetCurrentInstant()))).Seq;
}

/// <summary>A grain that does nothing.</summary>
[Alias("zvonok.micro.IEmptyGrain")]
public interface IEmptyGrain : IGrainWithIntegerKey
{
    /// <summary>Returns.</summary>
    [Alias("Call")]
    Task Call();
}

/// <inheritdoc cref="IEmptyGrain"/>
public sealed class EmptyGrain : Grain, IEmptyGrain
{
    /// <inheritdoc/>
    public Task Call() => Task.CompletedTask;
}
