namespace Zvonok.Domain.Accounts;

/// <summary>Some days of the week.</summary>
/// <param name="Bits">Bit n for the day numbered n by ISO 8601: Monday is 1. Stored.</param>
[GenerateSerializer, Immutable, Alias("zvonok.WeekdaySet")]
public readonly record struct WeekdaySet([property: Id(0)] int Bits)
{
    /// <summary>True when there is none.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Those days.</summary>
    public static WeekdaySet Of(params IEnumerable<IsoDayOfWeek> days) => new(days.Aggregate(0, (bits, day) => bits | 1 << (int)day));

    /// <summary>True when the day is in the set.</summary>
    public bool Contains(IsoDayOfWeek day) => (Bits & 1 << (int)day) != 0;

    /// <summary>The days, from Monday on.</summary>
    public IEnumerable<IsoDayOfWeek> Days()
    {
        var set = this;
        return Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && set.Contains(day));
    }
}

/// <summary>A right to meals at public cost (M5).</summary>
/// <param name="Funder">The budget that pays.</param>
/// <param name="Meals">Which meals.</param>
/// <param name="Weekdays">On which days of the week.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The last day.</param>
[GenerateSerializer, Immutable, Alias("zvonok.Entitlement")]
public sealed record Entitlement(
    [property: Id(0)] ContraAccount Funder,
    [property: Id(1)] MealSet Meals,
    [property: Id(2)] WeekdaySet Weekdays,
    [property: Id(3)] LocalDate From,
    [property: Id(4)] LocalDate Until)
{
    /// <summary>True when it is a right to that meal on that day.</summary>
    public bool Covers(MealKind meal, LocalDate day) => day >= From && day <= Until && Weekdays.Contains(day.DayOfWeek) && Meals.Contains(meal);
}

/// <summary>All entitlements of an account.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.EntitlementList")]
public sealed class EntitlementList : IEquatable<EntitlementList>
{
    /// <summary>At most <see cref="Limits.EntitlementsMax"/>; of several for one meal and day the first pays.</summary>
    public EntitlementList(params Entitlement[] entitlements)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(entitlements.Length, Limits.EntitlementsMax);
        All = entitlements;
    }

    /// <summary>In the order of their precedence.</summary>
    [Id(0)]
    public Entitlement[] All { get; }

    /// <summary>Who pays that meal on that day; null when nobody does.</summary>
    public Entitlement? Find(MealKind meal, LocalDate day) => Array.Find(All, entitlement => entitlement.Covers(meal, day));

    /// <inheritdoc/>
    public bool Equals(EntitlementList? other) => other is not null && All.AsSpan().SequenceEqual(other.All);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EntitlementList);

    /// <inheritdoc/>
    public override int GetHashCode() => All.Length == 0 ? 0 : HashCode.Combine(All.Length, All[0]);
}
