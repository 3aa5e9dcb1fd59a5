using System.Globalization;

namespace Zvonok.Domain.Accounts;

/// <summary>What kind of contra account it is. Stored: never renumbered.</summary>
public enum ContraKind
{
    /// <summary>No money moved.</summary>
    None = 0,

    /// <summary>A canteen operator.</summary>
    Operator = 1,

    /// <summary>A payment provider.</summary>
    Bank = 2,

    /// <summary>A carrier of passengers.</summary>
    Carrier = 3,

    /// <summary>A public budget that pays meals.</summary>
    Budget = 4,

    /// <summary>Money that has left one account and has not arrived at the other yet (M11).</summary>
    Transit = 5,

    /// <summary>Fees of one kind (M13).</summary>
    Fee = 6,

    /// <summary>Meals of an operator that are paid ahead and not had yet (M6).</summary>
    Preorder = 7,
}

/// <summary>
/// The other side of an entry (M14). Contra accounts hold no state of their own: a contra account's total is minus the
/// sum of its entries.
/// </summary>
[GenerateSerializer, Immutable, Alias("zvonok.ContraAccount")]
public readonly record struct ContraAccount([property: Id(0)] ContraKind Kind, [property: Id(1)] int Id)
{
    private const long KindFactor = 1_000_000_000;

    /// <summary>No money moved.</summary>
    public static readonly ContraAccount None;

    /// <summary>Money on its way between two accounts, or between two purses of one.</summary>
    public static readonly ContraAccount Transit = new(ContraKind.Transit, 0);

    /// <summary>One number for storage, readable by eye: the kind, then nine digits of the id.</summary>
    public long Code => (long)Kind * KindFactor + Id;

    /// <summary>The contra account of a stored <see cref="Code"/>.</summary>
    public static ContraAccount FromCode(long code) => new((ContraKind)(code / KindFactor), (int)(code % KindFactor));

    /// <summary>The canteen operator of that number.</summary>
    public static ContraAccount Operator(int id) => new(ContraKind.Operator, id);

    /// <summary>The payment provider of that number.</summary>
    public static ContraAccount Bank(int id) => new(ContraKind.Bank, id);

    /// <summary>The carrier of that number.</summary>
    public static ContraAccount Carrier(int id) => new(ContraKind.Carrier, id);

    /// <summary>The public budget of that number.</summary>
    public static ContraAccount Budget(int id) => new(ContraKind.Budget, id);

    /// <summary>The fees of that kind.</summary>
    public static ContraAccount Fee(FeeKind kind) => new(ContraKind.Fee, (int)kind);

    /// <summary>What is paid ahead for meals of that operator.</summary>
    public static ContraAccount Preorder(ContraAccount seller) => new(ContraKind.Preorder, seller.Id);

    /// <summary>As in <c>operator/7</c>, <c>bank/3</c>, <c>carrier/12</c>, <c>budget/5</c>, <c>fee/1</c>, <c>preorder/7</c>, <c>transit</c> or <c>none</c>.</summary>
    public override string ToString() => Kind switch
    {
        ContraKind.Operator => string.Create(CultureInfo.InvariantCulture, $"operator/{Id}"),
        ContraKind.Bank => string.Create(CultureInfo.InvariantCulture, $"bank/{Id}"),
        ContraKind.Carrier => string.Create(CultureInfo.InvariantCulture, $"carrier/{Id}"),
        ContraKind.Budget => string.Create(CultureInfo.InvariantCulture, $"budget/{Id}"),
        ContraKind.Fee => string.Create(CultureInfo.InvariantCulture, $"fee/{Id}"),
        ContraKind.Preorder => string.Create(CultureInfo.InvariantCulture, $"preorder/{Id}"),
        ContraKind.Transit => "transit",
        _ => "none",
    };
}
