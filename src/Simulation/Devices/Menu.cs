using Zvonok.Till.V1;

namespace Zvonok.Simulation.Devices;

/// <summary>What the city's tills sell.</summary>
public static class Menu
{
    private static readonly Till.V1.SaleLine Lunch = new()
    {
        ProductCode = "lunch-1", Category = Till.V1.ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = 60, Allergens = { Allergen.Milk },
    };

    private static readonly Till.V1.SaleLine Bun = new()
    {
        ProductCode = "bun-7", Category = Till.V1.ProductCategory.Buffet, Quantity = 2, UnitPriceKopecks = 20, Allergens = { Allergen.Gluten, Allergen.Eggs },
    };

    private static readonly Till.V1.SaleLine[] JustLunch = [Lunch];
    private static readonly Till.V1.SaleLine[] LunchAndBun = [Lunch, Bun];

    /// <summary>
    /// A hot meal, and a bun for every second pupil: 60 kopecks or one rouble. Prices are tiny so that a purse lasts for
    /// any number of runs.
    /// </summary>
    public static IReadOnlyList<Till.V1.SaleLine> LinesFor(int pupil) => pupil % 2 == 0 ? JustLunch : LunchAndBun;

    /// <summary>What they cost together, in kopecks.</summary>
    public static long PriceFor(int pupil)
    {
        var price = 0L;
        foreach (var line in LinesFor(pupil)) price += line.Quantity * line.UnitPriceKopecks;
        return price;
    }
}
