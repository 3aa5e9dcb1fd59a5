namespace Zvonok.Grains.Buildings.Watching;

/// <summary>A silo that has devices of a building on its streams, as the building sees it: whom to tell what they must hear at once.</summary>
[Alias("zvonok.IBuildingWatcher")]
public interface IBuildingWatcher : IGrainObserver
{
    /// <summary>The building has another mode (S1). It has been handed to every stream when this returns.</summary>
    [Alias("ModeChanged")]
    Task ModeChanged(BuildingId building, ModeSeen mode);

    /// <summary>A card that opens the building, or opened it, is another one now (C4).</summary>
    [Alias("CardsChanged")]
    Task CardsChanged(BuildingId building);
}

/// <summary>A building's mode, and as of when: what is seen of it comes by several ways, and the older of two is worth nothing.</summary>
/// <param name="Mode">How its gates behave.</param>
/// <param name="Seq">The number of the newest passage when it was so; 0 before the first.</param>
[GenerateSerializer, Immutable, Alias("zvonok.ModeSeen")]
public readonly record struct ModeSeen([property: Id(0)] BuildingMode Mode, [property: Id(1)] long Seq);
