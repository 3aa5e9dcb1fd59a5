using Microsoft.Extensions.Logging;

namespace Zvonok.Grains.Cards;

/// <summary>
/// Tells buildings that cards have changed which open them, or did, so that their devices are brought new lists within seconds (C4). Nobody waits for it; where it cannot be told, the lists come
/// with their usual period.
/// </summary>
public sealed class CardNews(GrainLookup grains, ILogger<CardNews> logger)
{
    /// <summary>Each building once, however many of its cards have changed.</summary>
    public void Tell(IEnumerable<BuildingId> buildings)
    {
        foreach (var building in buildings.Distinct()) _ = Tell(building);
    }

    private async Task Tell(BuildingId building)
    {
        try
        {
            await grains.Building(building).CardsChanged();
        }
        catch (Exception exception)
        {
            Log.NotTold(logger, building, exception.Message);
        }
    }
}
