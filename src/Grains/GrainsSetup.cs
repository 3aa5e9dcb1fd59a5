using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Zvonok.Grains.Buildings.Watching;
using Zvonok.Grains.Caretaking;
using Zvonok.Grains.Cards;
using Zvonok.Grains.City;
using Zvonok.Grains.Days;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Lists;
using Zvonok.Grains.Reports;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains;

/// <summary>Settings of the grains, section <c>Zvonok:Grains</c>.</summary>
public sealed class GrainsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Grains";

    /// <summary>Commands that may wait for one grain; the next is refused at once with RESOURCE_EXHAUSTED.</summary>
    [Range(1, 10_000, ErrorMessage = Section + ":QueueMax should be {1} to {2}.")]
    public int QueueMax { get; set; } = 200;

    /// <summary>
    /// Hours without use after which a grain leaves the memory. A city's day fits in memory, and a grain collected between
    /// the morning and the lunch break would be cold at the worst moment.
    /// </summary>
    [Range(1, 48, ErrorMessage = Section + ":CollectionAgeHours should be {1} to {2}.")]
    public int CollectionAgeHours { get; set; } = 12;

    /// <summary>Whether families may move money from one purse to another, and so change its purpose (M11).</summary>
    public bool PurseTransfers { get; set; } = true;

    /// <summary>
    /// Hours after its midnight at which a building's day is closed, and what was ordered and not fetched ends (M6). Late enough for what tills send when their network is back.
    /// </summary>
    [Range(0, 23, ErrorMessage = Section + ":DayCloseHours should be {1} to {2}.")]
    public int DayCloseHours { get; set; } = 4;

    /// <summary>Whether an account may have only one card in use besides temporary ones (C3).</summary>
    public bool OneActiveCard { get; set; } = true;

    /// <summary>Whether a card is blocked whose radio number was seen on another one, which stops both; else it is flagged (C8).</summary>
    public bool BlockClones { get; set; }

    /// <summary>
    /// Seconds within which nobody gets from one building's gate to another's: a card that is presented at both is two cards (C8). 0: that is not looked at.
    /// </summary>
    [Range(0, 3_600, ErrorMessage = Section + ":TravelSecondsMin should be {1} to {2}.")]
    public int TravelSecondsMin { get; set; } = 30;

    /// <summary>Seconds after which a call between grains counts as lost. Its outcome is unknown then; the operation id makes the repeat safe.</summary>
    [Range(1, 30, ErrorMessage = Section + ":ResponseTimeoutSeconds should be {1} to {2}.")]
    public int ResponseTimeoutSeconds { get; set; } = 5;
}

/// <summary>Composition of the grains.</summary>
public static class GrainsSetup
{
    /// <summary>Adds the grains' settings and services. The journal's room adds the ports.</summary>
    public static ISiloBuilder AddZvonokGrains(this ISiloBuilder silo)
    {
        silo.Services.AddOptionsWithValidateOnStart<GrainsOptions>().BindConfiguration(GrainsOptions.Section).ValidateDataAnnotations();
        silo.Services.AddOptionsWithValidateOnStart<ListOptions>().BindConfiguration(ListOptions.Section).ValidateDataAnnotations();
        silo.Services.AddOptions<SiloMessagingOptions>().Configure<IOptions<GrainsOptions>>((messaging, grains) =>
        {
            messaging.MaxEnqueuedRequestsHardLimit = grains.Value.QueueMax;
            messaging.ResponseTimeout = TimeSpan.FromSeconds(grains.Value.ResponseTimeoutSeconds);
        });
        silo.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<GrainsOptions>>((collection, grains) =>
            collection.CollectionAge = TimeSpan.FromHours(grains.Value.CollectionAgeHours));
        silo.Services.Replace(ServiceDescriptor.Singleton<IActivationWorkingSet, LeanWorkingSet>());
        silo.Services.TryAddSingleton<IClock>(SystemClock.Instance);
        silo.Services.AddSingleton<DeviceDirectory>();
        silo.Services.AddSingleton(typeof(AtHand<,>));
        silo.Services.AddSingleton<GrainLookup>();
        silo.AddWatching();
        silo.Services.AddSingleton<CardSightings>();
        silo.Services.AddSingleton<CloneWatch>();
        silo.Services.AddSingleton<CardRouter>();
        silo.Services.AddSingleton<CardNews>();
        silo.Services.AddSingleton<CardDesk>();
        silo.Services.AddSingleton<CardReplacer>();
        silo.Services.AddSingleton<ReplacementMetrics>();
        silo.Services.AddSingleton<TransferMetrics>();
        silo.Services.AddSingleton<TransferDriver>();
        silo.Services.AddSingleton<AccountCloser>();
        silo.Services.AddSingleton<IChore, TransferChore>();
        silo.Services.AddSingleton<IChore, DayCloseChore>();
        silo.Services.AddSingleton<IChore, ReplacementChore>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => ActivatorUtilities.CreateInstance<Keeper<ICaretakerGrain>>(
            provider, () => provider.GetServices<IChore>().Any()));
        silo.Services.AddSingleton<FamilyReports>();
        silo.Services.AddSingleton<CityFigures>();
        return silo;
    }
}
