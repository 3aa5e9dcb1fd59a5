namespace Zvonok.Domain.Accounts;

// What is taken back (M8).
public static partial class AccountRules
{
    /// <summary>How many calendar days after the sale it may be taken back (M8); the day of the sale is the first.</summary>
    public const int ReversalDaysMax = 3;

    /// <summary>Decides the reversal of a sale, or of a meal at public cost, or of some of its lines (M8).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="reversal">What is asked for.</param>
    /// <param name="sale">The entry that it names; null when the account has none of that number.</param>
    /// <param name="reversed">The lines that entries take back already.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Reversal reversal, Entry? sale, LineSet reversed, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (sale is not { Kind: EntryKind.Sale or EntryKind.Redemption }) return AccountDecision.Refuse(AccountRefusal.SaleUnknown);
        if (sale.Contra != reversal.Seller) return AccountDecision.Refuse(AccountRefusal.OtherOperator);
        var whole = LineSet.First(sale.Lines.Length);
        if (reversal.Lines.Except(whole) is { IsEmpty: false } unknown) return AccountDecision.Refuse(AccountRefusal.LineUnknown, unknown);
        var wanted = reversal.Lines.IsEmpty ? whole.Except(reversed) : reversal.Lines;
        if (wanted.IsEmpty || !(wanted & reversed).IsEmpty) return AccountDecision.Refuse(AccountRefusal.AlreadyReversed, wanted & reversed);
        if (LimitDayOf(account, reversal, now) >= sale.LimitDay.PlusDays(ReversalDaysMax))
            return AccountDecision.Refuse(AccountRefusal.ReversalTooLate);
        var lines = wanted.Pick(sale.Lines);
        var spending = DaySpending.Of(lines);
        if (sale.Purse != Purse.None && IsOverfull(account.Balance(sale.Purse) + spending.Total)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        // What cost nothing moves nothing, and has no other side.
        var contra = spending.Total == Money.Zero ? ContraAccount.None : sale.Contra;
        return AccountDecision.Grant(Next(account, reversal, now, new Posting(EntryKind.Reversal, sale.Purse, spending.Total, contra, sale.LimitDay)
        {
            Device = reversal.Device,
            ReversedSeq = sale.Seq,
            ReversedLines = wanted == whole ? LineSet.None : wanted,
            Lines = lines,
            Spending = sale.Purse == Purse.None ? null : -spending,
            Payer = contra == ContraAccount.None ? ContraAccount.None : sale.Payer,
            // The meal may be had again when all of it has come back.
            Meal = (reversed | wanted).Contains(whole) ? sale.Meal : null,
        }));
    }
}
