namespace Zvonok.Domain.Accounts;

/// <summary>What is spent from the meal purse on one calendar day of the account, by category (M2): sales less what was taken back of them.</summary>
/// <param name="HotMeal">On hot meals.</param>
/// <param name="Buffet">In the buffet.</param>
[GenerateSerializer, Immutable, Alias("zvonok.DaySpending")]
public readonly record struct DaySpending([property: Id(0)] Money HotMeal, [property: Id(1)] Money Buffet)
{
    /// <summary>Nothing.</summary>
    public static readonly DaySpending None;

    /// <summary>On both.</summary>
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

    /// <summary>Both together.</summary>
    public static DaySpending operator +(DaySpending a, DaySpending b) => new(a.HotMeal + b.HotMeal, a.Buffet + b.Buffet);

    /// <summary>The same the other way: what was taken back.</summary>
    public static DaySpending operator -(DaySpending a) => new(-a.HotMeal, -a.Buffet);
}
