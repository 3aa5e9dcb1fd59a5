namespace Zvonok.Simulation.Days;

/// <summary>The first long break: who is hungry hurries to the till after the bell.</summary>
public static class LunchBreak
{
    /// <summary>When the bell rings.</summary>
    public static readonly LocalTime From = new(11, 20);

    private const long LunchPrice = 170_00;
    private const long BunPrice = 45_00;

    private static readonly Till.V1.SaleLine HotLunch = new()
    {
        ProductCode = "lunch-1", Category = Till.V1.ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = LunchPrice, Allergens = { Till.V1.Allergen.Milk },
    };

    private static readonly Till.V1.SaleLine Bun = new()
    {
        ProductCode = "bun-7", Category = Till.V1.ProductCategory.Buffet, Quantity = 1, UnitPriceKopecks = BunPrice, Allergens = { Till.V1.Allergen.Gluten, Till.V1.Allergen.Eggs },
    };

    /// <summary>Draws the break of a day. Whoever has a mishap comes.</summary>
    /// <param name="morning">Who came to school.</param>
    /// <param name="random">What is drawn from.</param>
    public static DayPart Draw(DayPart morning, Random random)
    {
        var length = TimeSpan.FromMinutes(CityDay.BusiestBreakMinutes);
        var lunches = morning.Events
            .Where(arrival => random.NextDouble() < CityDay.MealsPerPupil * CityDay.BusiestBreakShare || arrival.Mishap != Mishap.None)
            .Select(arrival => new Lunch(length * Rush(random), arrival.Pupil, arrival.Mishap, Tray(random)))
            .OrderBy(lunch => lunch.At);
        return new DayPart(From, length, [.. lunches]);
    }

    // Dense after the bell, thinning out evenly to nobody at the end.
    private static double Rush(Random random) => 1 - Math.Sqrt(random.NextDouble());

    private static Till.V1.SaleLine[] Tray(Random random) => random.Next(2) == 0 ? [HotLunch] : [HotLunch, Bun];
}
