namespace Zvonok.Domain.City;

/// <summary>What people did, as the city is told. Each fact is of one kind, or of none. Stored: never renumbered.</summary>
public enum CityKind : short
{
    /// <summary>A gate admitted them into the building.</summary>
    Came = 1,

    /// <summary>A gate let them out of it.</summary>
    Left = 2,

    /// <summary>They bought something from the meal purse (M1).</summary>
    Bought = 3,

    /// <summary>They had a meal at public cost (M5).</summary>
    PublicMeal = 4,

    /// <summary>They had a meal that was paid ahead (M6).</summary>
    OrderedMeal = 5,
}
