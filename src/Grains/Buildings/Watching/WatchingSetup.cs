using Microsoft.Extensions.DependencyInjection;
using Zvonok.Grains.Caretaking;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>Composition of what watches buildings for their devices.</summary>
internal static class WatchingSetup
{
    /// <summary>Adds the hub and what goes with it.</summary>
    public static void AddWatching(this ISiloBuilder silo)
    {
        silo.Services.AddOptionsWithValidateOnStart<ConnectionOptions>().BindConfiguration(ConnectionOptions.Section).ValidateDataAnnotations();
        silo.Services.AddSingleton<ConnectionMetrics>();
        silo.Services.AddSingleton<UploadPace>();
        silo.Services.AddSingleton<BuildingHub>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<BuildingHub>());
        silo.Services.AddSingleton<IChore, SilentDeviceChore>();
    }
}
