using System.Collections.Immutable;

namespace Zvonok.History.Check.Rules;

/// <summary>
/// What an account stood at after some entry, worked out again from the amounts alone: neither the balances nor the
/// spending that the rows tell are believed.
/// </summary>
internal sealed record Standing
{
    private const long BalanceMax = 10_000_000;

    public long Meal { get; private init; }

    public long Transport { get; private init; }

    public long? Limit { get; private init; }

    private ImmutableDictionary<LocalDate, long> Spent { get; init; } = ImmutableDictionary<LocalDate, long>.Empty;

    private ImmutableDictionary<long, (LocalDate Day, long Price)> Sales { get; init; } = ImmutableDictionary<long, (LocalDate, long)>.Empty;

    private ImmutableHashSet<long> Reversed { get; init; } = [];

    /// <summary>The standings after 0, 1, 2 … entries.</summary>
    public static IReadOnlyList<Standing> Of(Ledger ledger, Evidence evidence)
    {
        var standings = new List<Standing>(ledger.Lines.Count + 1) { new() };
        foreach (var line in ledger.Lines) standings.Add(standings[^1].After((EntryRow)line.Row, line.By?.Operation, evidence.DayOf(((EntryRow)line.Row).EventAt)));
        return standings;
    }

    /// <summary>Why the operation has to be refused on that day, as the doors name it; null when it has to be granted.</summary>
    public string? Refusal(Operation operation, LocalDate day) => operation switch
    {
        SaleOperation { Request.TotalKopecks: var total } =>
            Limit is { } limit && Spent.GetValueOrDefault(day) + total > limit ? "DailyLimit" :
            total > Meal ? "InsufficientFunds" : null,
        ReversalOperation { Request.SaleEntryNumber: var sale } =>
            !Sales.TryGetValue(sale, out var sold) ? "SaleUnknown" :
            Reversed.Contains(sale) ? "AlreadyReversed" :
            Meal + sold.Price > BalanceMax ? "PurseFull" : null,
        TopUpOperation { Request: var topUp } =>
            (topUp.Purse == Family.V1.Purse.Meal ? Meal : Transport) + topUp.AmountKopecks > BalanceMax ? "PurseFull" : null,
        _ => null,
    };

    private Standing After(EntryRow row, Operation? by, LocalDate day)
    {
        var moved = row.Purse == EntryRow.Meal ? this with { Meal = Meal + row.Amount } : this with { Transport = Transport + row.Amount };
        return row.Kind switch
        {
            EntryRow.Sale => moved with { Spent = Add(day, -row.Amount), Sales = Sales.Add(row.Seq, (day, -row.Amount)) },
            EntryRow.Reversal when Sales.TryGetValue(row.ReversedSeq, out var sold) => moved with { Spent = Add(sold.Day, -row.Amount), Reversed = Reversed.Add(row.ReversedSeq) },
            EntryRow.LimitChange => moved with { Limit = (by as LimitOperation)?.Limit },
            _ => moved,
        };
    }

    private ImmutableDictionary<LocalDate, long> Add(LocalDate day, long amount) => Spent.SetItem(day, Spent.GetValueOrDefault(day) + amount);
}
