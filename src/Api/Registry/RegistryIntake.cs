using Zvonok.Grains;
using Zvonok.Grains.Cards;
using Zvonok.Grains.Devices;
using Zvonok.Grains.Journal;
using Zvonok.Grains.Registry;

namespace Zvonok.Api.Registry;

/// <summary>Takes rows into the registry, and tells the grains that hold what they changed.</summary>
internal sealed class RegistryIntake(IRegistry registry, DeviceDirectory devices, GrainLookup grains, CardNews cards, CloneWatch clones, IClock clock)
{
    public async Task<RegistryOutcome> Take(IReadOnlyList<RegistryRow> rows, CancellationToken stop)
    {
        var outcome = await registry.Import(rows, stop);
        foreach (var device in outcome.ChangedDevices) devices.Forget(device);
        await Task.WhenAll(outcome.ChangedCards.Select(card => grains.Card(card).Reload()));
        cards.Tell(outcome.OutdatedLists);
        foreach (var shown in outcome.ShownClones) clones.Notice(shown, clock.GetCurrentInstant());
        await Task.WhenAll(outcome.ChangedBuildings.Select(Reload));
        return outcome;
    }

    private async Task Reload(BuildingId building)
    {
        try
        {
            await grains.Building(building).Reload();
        }
        catch (StaleActivationException)
        {
            // It has just left the memory; whoever comes after it reads what is there now.
        }
    }
}
