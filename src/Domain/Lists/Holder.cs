using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Lists;

/// <summary>A person on a building's list, with the cards that open it. Gates get no more than handle, kind, cards and who comes in during a lockdown; validators handle, kind, cards and the allowance; the rest is for tills.</summary>
[GenerateSerializer, Immutable, Alias("zvonok.Holder")]
public sealed record Holder : IListed<int>
{
    /// <summary>Who it is, for uploads: a number that means something only to the core, and at another building another one.</summary>
    [Id(0)]
    public required int Handle { get; init; }

    /// <summary>Pupil, employee…: anti-passback and lockdown go by it (P3, S3).</summary>
    [Id(1)]
    public required AccountKind Kind { get; init; }

    /// <summary>Ascending by their tokens.</summary>
    [Id(2)]
    public required ListedCard[] Cards { get; init; }

    /// <summary>Meals at public cost that are left to have on the list's day (M5).</summary>
    [Id(3)]
    public MealSet Meals { get; init; }

    /// <summary>The same on its next day.</summary>
    [Id(4)]
    public MealSet NextMeals { get; init; }

    /// <summary>What is ordered and not had yet (M6), by the meals' marks, ascending. What the stop list forbids by now is left out: it needs an employee, and a connection.</summary>
    [Id(5)]
    public uint[] Orders { get; init; } = [];

    /// <summary>What is not to be sold; null: nothing is stopped.</summary>
    [Id(6)]
    public ListedStops? Stops { get; init; }

    /// <summary>What may be sold on the list's day; on a validator's list, what rides may come to.</summary>
    [Id(7)]
    public OfflineAllowance Allowance { get; init; }

    /// <summary>The same on every later day while the list is valid: the limits of a day begin anew with it.</summary>
    [Id(8)]
    public OfflineAllowance NextAllowance { get; init; }

    /// <summary>True for who has a role that the building lets in during a lockdown (S3). Of roles nothing else is told.</summary>
    [Id(9)]
    public bool EntersInLockdown { get; init; }

    int IListed<int>.Key => Handle;

    /// <inheritdoc/>
    public bool Equals(Holder? other) => other is not null
        && (Handle, Kind, Meals, NextMeals, Allowance, NextAllowance, EntersInLockdown) == (other.Handle, other.Kind, other.Meals, other.NextMeals, other.Allowance, other.NextAllowance, other.EntersInLockdown)
        && Cards.AsSpan().SequenceEqual(other.Cards) && Orders.AsSpan().SequenceEqual(other.Orders) && Equals(Stops, other.Stops);

    /// <inheritdoc/>
    public override int GetHashCode() => Handle;

    internal void Write(DigestWriter digest)
    {
        digest.Add(Handle);
        digest.Add((long)Kind);
        digest.Add(Cards.Length);
        foreach (var card in Cards) card.Write(digest);
        digest.Add(Meals.Bits);
        digest.Add(NextMeals.Bits);
        digest.Add(Orders);
        digest.Add(Stops is null ? 0 : 1);
        Stops?.Write(digest);
        Write(digest, Allowance);
        Write(digest, NextAllowance);
        digest.Add(EntersInLockdown ? 1 : 0);
    }

    private static void Write(DigestWriter digest, OfflineAllowance allowance)
    {
        digest.Add(allowance.Total.Kopecks);
        digest.Add(allowance.Buffet.Kopecks);
        digest.Add(allowance.HotMeal.Kopecks);
    }
}
