using Zvonok.Domain.Accounts;
using Zvonok.Domain.Operations;

namespace Zvonok.Terminals.Decisions;

/// <summary>Something that this till has sold or served to a person, or a ride at this validator, and that the list may not know yet.</summary>
/// <param name="Operation">By which operation.</param>
/// <param name="Handle">To whom.</param>
/// <param name="Day">On which calendar day.</param>
/// <param name="Spending">From the meal purse, or on a ride.</param>
/// <param name="Meal">A meal at public cost (M5); null: none.</param>
/// <param name="Order">The mark of an ordered meal (M6); null: none.</param>
/// <param name="KnownAt">When the core had it, by the core's clock; null: it is in the queue. A list that was made after it has it in its figures.</param>
internal sealed record Sold(OperationId Operation, int Handle, LocalDate Day, DaySpending Spending, MealKind? Meal, uint? Order, Instant? KnownAt);

/// <summary>All that the list may not know yet: what is sold by one's own counts on, so that no allowance is used twice, and no meal had twice (O2).</summary>
internal sealed class SoldBook
{
    /// <summary>A list is made of what was looked at a moment before: what the core had so shortly before may not be in it.</summary>
    public static readonly Duration ListLag = Duration.FromSeconds(10);

    private readonly Dictionary<int, List<Sold>> _byHandle = [];
    private readonly Dictionary<OperationId, Sold> _byOperation = [];

    /// <summary>How much is remembered.</summary>
    public int Count => _byOperation.Count;

    /// <summary>Remembers something; an operation that is there already is there once.</summary>
    public bool Add(Sold sold)
    {
        if (!_byOperation.TryAdd(sold.Operation, sold)) return false;
        if (!_byHandle.TryGetValue(sold.Handle, out var list)) _byHandle[sold.Handle] = list = [];
        list.Add(sold);
        return true;
    }

    /// <summary>It was taken back, or did not happen.</summary>
    public void Remove(OperationId operation)
    {
        if (!_byOperation.Remove(operation, out var sold)) return;
        var list = _byHandle[sold.Handle];
        list.RemoveAll(one => one.Operation == operation);
        if (list.Count == 0) _byHandle.Remove(sold.Handle);
    }

    /// <summary>The core has it now.</summary>
    public void Known(OperationId operation, Instant at)
    {
        if (!_byOperation.TryGetValue(operation, out var sold) || sold.KnownAt is not null) return;
        Remove(operation);
        Add(sold with { KnownAt = at });
    }

    /// <summary>What a person had on that day, and the list does not know.</summary>
    public Had Of(int handle, LocalDate day)
    {
        var had = Had.Nothing;
        foreach (var sold in _byHandle.GetValueOrDefault(handle) ?? [])
        {
            if (sold.Day != day) continue;
            had = new Had(had.Spending + sold.Spending, sold.Meal is { } meal ? had.Meals.With(meal) : had.Meals, sold.Order is { } order ? [.. had.Orders, order] : had.Orders);
        }

        return had;
    }

    /// <summary>What a list that was made then has in its figures, and what the till need not remember any longer.</summary>
    public OperationId[] KnownBefore(Instant madeAt) =>
        [.. _byOperation.Values.Where(sold => sold.KnownAt < madeAt - ListLag).Select(sold => sold.Operation)];
}

/// <summary>What a person had on one day.</summary>
/// <param name="Spending">From the meal purse, or on a ride.</param>
/// <param name="Meals">At public cost.</param>
/// <param name="Orders">Ordered meals, by their marks.</param>
internal readonly record struct Had(DaySpending Spending, MealSet Meals, uint[] Orders)
{
    public static readonly Had Nothing = new(DaySpending.None, MealSet.None, []);
}
