namespace Zvonok.Domain.Accounts;

/// <summary>What is spent on one calendar day of the account: from the meal purse by category (M2), sales less what was taken back of them, and on rides (M10).</summary>
/// <param name="HotMeal">On hot meals.</param>
/// <param name="Buffet">In the buffet.</param>
/// <param name="Rides">On rides, from the transport purse.</param>
[GenerateSerializer, Immutable, Alias("zvonok.DaySpending")]
public readonly record struct DaySpending([property: Id(0)] Money HotMeal, [property: Id(1)] Money Buffet, [property: Id(2)] Money Rides = default)
{
    /// <summary>Nothing.</summary>
    public static readonly DaySpending None;

    /// <summary>From the meal purse: on hot meals and in the buffet.</summary>
    public Money Total => HotMeal + Buffet;

    /// <summary>What the lines come to.</summary>
    public static DaySpending Of(SaleLine[] lines)
    {
        var spending = None;
        foreach (var line in lines)
        {
            spending = line.Category == ProductCategory.Buffet
                ? spending with { Buffet = spending.Buffet + line.Total }
                : spending with { HotMeal = spending.HotMeal + line.Total };
        }

        return spending;
    }

    /// <summary>A fare.</summary>
    public static DaySpending OnRide(Money fare) => new(Money.Zero, Money.Zero, fare);

    /// <summary>Both together.</summary>
    public static DaySpending operator +(DaySpending a, DaySpending b) => new(a.HotMeal + b.HotMeal, a.Buffet + b.Buffet, a.Rides + b.Rides);

    /// <summary>The same the other way: what was taken back.</summary>
    public static DaySpending operator -(DaySpending a) => new(-a.HotMeal, -a.Buffet, -a.Rides);
}
