using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

/// <summary>A meal that is to be ordered, on the terms of the menu (M6).</summary>
/// <param name="Building">The school at which it is served.</param>
/// <param name="Day">For which calendar day.</param>
/// <param name="Meal">For which meal.</param>
/// <param name="Seller">The operator who serves it.</param>
/// <param name="Lines">What it is: 1 to <see cref="Limits.OrderLinesMax"/> lines.</param>
/// <param name="OrderUntil">The cut-off: until then it may be ordered and cancelled. <see cref="NotOnMenu"/> for what is not on the menu.</param>
/// <param name="IsKept">What becomes of it when nobody fetches it: the operator keeps the money, or else the purse has it back.</param>
[GenerateSerializer, Immutable, Alias("zvonok.MealOrder")]
public sealed record MealOrder(
    [property: Id(0)] BuildingId Building,
    [property: Id(1)] LocalDate Day,
    [property: Id(2)] MealKind Meal,
    [property: Id(3)] ContraAccount Seller,
    [property: Id(4)] SaleLine[] Lines,
    [property: Id(5)] Instant OrderUntil,
    [property: Id(6)] bool IsKept)
{
    /// <summary>The cut-off of what is not on the menu: a door that refused it by itself would forget what was granted while it was.</summary>
    public static readonly Instant NotOnMenu = Instant.MinValue;

    /// <summary>What it costs.</summary>
    public Money Total => Lines.Aggregate(Money.Zero, (sum, line) => sum + line.Total);

    /// <inheritdoc/>
    public bool Equals(MealOrder? other) =>
        other is not null && (Building, Day, Meal, Seller, OrderUntil, IsKept) == (other.Building, other.Day, other.Meal, other.Seller, other.OrderUntil, other.IsKept) && Lines.AsSpan().SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Building, Day, Meal, Seller);
}

/// <summary>A meal that is ordered and paid, and not had yet (M6). It is stored with its entry, and taken away with the entry that ends it.</summary>
/// <param name="Seq">The entry that ordered it.</param>
/// <param name="Operation">The operation that did.</param>
/// <param name="Order">What is ordered, on which terms.</param>
[GenerateSerializer, Immutable, Alias("zvonok.OpenOrder")]
public sealed record OpenOrder([property: Id(0)] long Seq, [property: Id(1)] OperationId Operation, [property: Id(2)] MealOrder Order)
{
    /// <summary>What ends it with its day, the same for ever.</summary>
    public OrderExpiry Expiry(AccountNumber account) => new() { Operation = Operation.Derive([(long)EntryKind.OrderExpiry, account.Value, Seq]), OrderSeq = Seq };
}
