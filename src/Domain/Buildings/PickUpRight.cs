using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>That an adult may bring a child and collect it, or must not (P8).</summary>
/// <param name="Adult">The adult's account.</param>
/// <param name="Child">The child's.</param>
/// <param name="IsDeny">True: the adult must not, whatever else allows it.</param>
/// <param name="Brings">It is about bringing.</param>
/// <param name="Collects">It is about collecting.</param>
/// <param name="From">The first calendar day of the building's zone; null: from ever.</param>
/// <param name="Until">The last one; null: for ever.</param>
[GenerateSerializer, Immutable, Alias("zvonok.PickUpRight")]
public sealed record PickUpRight(
    [property: Id(0)] AccountNumber Adult,
    [property: Id(1)] AccountNumber Child,
    [property: Id(2)] bool IsDeny,
    [property: Id(3)] bool Brings,
    [property: Id(4)] bool Collects,
    [property: Id(5)] LocalDate? From = null,
    [property: Id(6)] LocalDate? Until = null)
{
    internal bool IsAbout(AccountNumber child, Direction direction) => Child == child && (direction == Direction.In ? Brings : Collects);

    internal bool HoldsOn(LocalDate day) => !(day < From) && !(day > Until);
}

/// <summary>Who brings and collects a child (P8).</summary>
public static class PickUpRules
{
    /// <summary>Why the adult may not; <see cref="TapRefusal.None"/> when they may. Deny beats allow.</summary>
    /// <param name="rights">The adult's; those to other children may be among them.</param>
    /// <param name="child">The child.</param>
    /// <param name="direction">In for bringing, out for collecting.</param>
    /// <param name="day">The building's calendar day.</param>
    public static TapRefusal Check(IEnumerable<PickUpRight> rights, AccountNumber child, Direction direction, LocalDate day)
    {
        var refusal = TapRefusal.NoPickUpRight;
        foreach (var right in rights.Where(right => right.IsAbout(child, direction)))
        {
            if (right.IsDeny && right.HoldsOn(day)) return TapRefusal.PickUpDenied;
            if (right.IsDeny || refusal == TapRefusal.None) continue;
            refusal = right.HoldsOn(day) ? TapRefusal.None : TapRefusal.PickUpExpired;
        }

        return refusal;
    }
}
