using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Buildings;

/// <summary>Decides and lets it happen, as the building's grain does.</summary>
internal static class BuildingSteps
{
    public static Passage Pass(this BuildingState building, Tap tap, Card? card, Instant now) =>
        building.Happen(BuildingRules.Decide(building, tap, card, now));

    public static Passage Pass(this BuildingState building, ModeChange change, Instant now) =>
        building.Happen(BuildingRules.Decide(building, change, now));

    private static Passage Happen(this BuildingState building, Passage passage)
    {
        BuildingRules.Evolve(building, passage);
        return passage;
    }
}
