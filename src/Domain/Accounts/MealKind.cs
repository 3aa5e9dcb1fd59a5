namespace Zvonok.Domain.Accounts;

/// <summary>A meal of the day (M5). Stored: never renumbered.</summary>
public enum MealKind : byte
{
    /// <summary>Before or between the first lessons.</summary>
    Breakfast = 1,

    /// <summary>At noon.</summary>
    Lunch = 2,

    /// <summary>In the afternoon.</summary>
    AfternoonSnack = 3,

    /// <summary>In the evening.</summary>
    Dinner = 4,
}

/// <summary>Some meals of a day.</summary>
/// <param name="Bits">Bit n for the meal numbered n. Stored.</param>
[GenerateSerializer, Immutable, Alias("zvonok.MealSet")]
public readonly record struct MealSet([property: Id(0)] int Bits)
{
    /// <summary>No meal.</summary>
    public static readonly MealSet None;

    /// <summary>True when there is none.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Those meals.</summary>
    public static MealSet Of(params IEnumerable<MealKind> meals) => meals.Aggregate(None, (set, meal) => set.With(meal));

    /// <summary>True when the meal is in the set.</summary>
    public bool Contains(MealKind meal) => (Bits & Bit(meal)) != 0;

    /// <summary>The set with that meal.</summary>
    public MealSet With(MealKind meal) => new(Bits | Bit(meal));

    /// <summary>The set without that meal.</summary>
    public MealSet Without(MealKind meal) => new(Bits & ~Bit(meal));

    /// <summary>The meals, by their numbers.</summary>
    public IEnumerable<MealKind> Meals()
    {
        var set = this;
        return Enum.GetValues<MealKind>().Where(set.Contains);
    }

    private static int Bit(MealKind meal) => 1 << (int)meal;
}
