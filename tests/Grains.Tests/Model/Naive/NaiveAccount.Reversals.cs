using static Zvonok.Domain.Accounts.AccountRefusal;

namespace Zvonok.Grains.Tests.Model.Naive;

// What is taken back (M8).
internal sealed partial class NaiveAccount
{
    public NaiveAnswer Do(Reversal reversal, Instant now)
    {
        if (_isClosed) return Refuse(reversal, AccountClosed);
        var sale = _facts.FirstOrDefault(fact => fact.Seq == reversal.SaleSeq && fact.Kind is EntryKind.Sale or EntryKind.Redemption);
        if (sale is null) return Refuse(reversal, SaleUnknown);
        if (sale.Contra != reversal.Seller) return Refuse(reversal, OtherOperator);
        int[] named = [.. Enumerable.Range(0, 64).Where(i => (reversal.Lines.Bits >> i) % 2 == 1)];
        int[] unknown = [.. named.Where(i => i >= sale.Lines.Length)];
        if (unknown.Length > 0) return Refuse(reversal, LineUnknown, unknown);
        var before = BackOf(sale);
        int[] back = named.Length > 0 ? named : [.. Enumerable.Range(0, sale.Lines.Length).Where(i => !before.Contains(i))];
        if (back.Length == 0 || back.Any(before.Contains)) return Refuse(reversal, AlreadyReversed, [.. back.Where(before.Contains)]);
        // The day of the sale and the two after it.
        if (DayOf(reversal, now) > sale.Day + 2) return Refuse(reversal, ReversalTooLate);
        SaleLine[] lines = [.. back.Select(i => sale.Lines[i])];
        var cost = CostOf(lines);
        if (sale.Purse == Purse.Meal && Meal + cost > Brim) return Refuse(reversal, PurseFull);
        return Grant(New(reversal, now, EntryKind.Reversal) with
        {
            Day = sale.Day,
            Purse = sale.Purse,
            Amount = cost,
            Contra = cost == 0 ? ContraAccount.None : sale.Contra,
            Payer = cost == 0 ? ContraAccount.None : sale.Payer,
            Device = reversal.Device,
            Lines = lines,
            Ends = sale.Seq,
            Back = back,
            IsWhole = back.Length == sale.Lines.Length,
            Meal = before.Length + back.Length == sale.Lines.Length ? sale.Meal : null,
        });
    }

    private int[] BackOf(NaiveFact sale) => [.. _facts.Where(fact => fact.Kind == EntryKind.Reversal && fact.Ends == sale.Seq).SelectMany(fact => fact.Back)];
}
