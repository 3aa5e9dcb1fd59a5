using Zvonok.Domain.Accounts;
using Zvonok.Domain.Cards;

namespace Zvonok.Domain.Tests.Accounts;

/// <summary>An account with its entries: asks the rules, records what they grant, and looks up what they do not know.</summary>
internal sealed class Ledger(AccountState account)
{
    private readonly List<Entry> _entries = [];

    public AccountState Account { get; private set; } = account;

    public IReadOnlyList<Entry> Entries => _entries;

    public AccountDecision Do(Sale sale, Instant now, CardRefusal card = CardRefusal.None)
    {
        var day = AccountRules.LimitDayOf(Account, sale, now);
        return Record(AccountRules.Decide(Account, sale, card, AccountRules.SpentOn(Account, day) ?? SpentByEntries(day), now));
    }

    public AccountDecision Do(Redemption redemption, Instant now)
    {
        var day = AccountRules.LimitDayOf(Account, redemption, now);
        return Record(AccountRules.Decide(Account, redemption, CardRefusal.None, AccountRules.RedeemedOn(Account, day) ?? RedeemedByEntries(day), now));
    }

    public AccountDecision Do(Ride ride, Instant now, CardRefusal card = CardRefusal.None)
    {
        var day = AccountRules.LimitDayOf(Account, ride, now);
        return Record(AccountRules.Decide(Account, ride, card, AccountRules.SpentOn(Account, day) ?? SpentByEntries(day), now));
    }

    public AccountDecision Do(Reversal reversal, Instant now)
    {
        var sale = _entries.SingleOrDefault(entry => entry.Seq == reversal.SaleSeq);
        var reversed = _entries.Where(entry => entry.Kind == EntryKind.Reversal && entry.ReversedSeq == reversal.SaleSeq)
            .Aggregate(LineSet.None, (lines, entry) => lines | (entry.ReversedLines.IsEmpty ? LineSet.All : entry.ReversedLines));
        return Record(AccountRules.Decide(Account, reversal, sale, reversed, now));
    }

    public AccountDecision Do(TopUp topUp, Instant now) => Record(AccountRules.Decide(Account, topUp, now));

    public AccountDecision Do(ProfileChange change, Instant now)
    {
        var before = Account;
        var decision = Record(AccountRules.Decide(before, change, now));
        if (decision.Entry is not null) Account = Account with { Profile = AccountRules.ProfileAfter(before, change) };
        return decision;
    }

    public AccountDecision Do(Transfer transfer, Instant now)
    {
        var decision = Record(AccountRules.Decide(Account, transfer, mayChangePurse: true, now));
        if (decision.Entry is { } left && transfer.To == left.Account) Record(AccountDecision.Grant(AccountRules.Arrival(Account, transfer, left, now)));
        return decision;
    }

    public AccountDecision Do(TransferReceipt receipt, Instant now) => Record(AccountRules.Decide(Account, receipt, now));

    public AccountDecision Do(TransferReturn back, Instant now) => Record(AccountRules.Decide(Account, back, _entries.Single(entry => entry.Seq == back.LeftWith), now));

    public OrderDecision Do(OrderChange change, Instant now) => Record(AccountRules.Decide(Account, change, now));

    public OrderDecision Do(OrderRedemption redemption, Instant now) => Record(AccountRules.Decide(Account, redemption, CardRefusal.None, now));

    public OrderDecision Do(OrderExpiry expiry, Instant now) => Record(AccountRules.Decide(Account, expiry, now));

    /// <summary>As the journal tells of orders that have ended.</summary>
    public OrderDecision Merge(OrderRedemption fact, Instant now)
    {
        var day = AccountRules.LimitDayOf(Account, fact, now);
        var placed = _entries.Where(entry => entry.Kind == EntryKind.Order && entry.LimitDay == day && entry.Meal == fact.Meal).Select(entry => entry.Seq).ToHashSet();
        var ended = _entries.Where(entry => placed.Contains(entry.ReversedSeq) && entry.Kind is EntryKind.Sale or EntryKind.OrderCancel or EntryKind.OrderRedemption or EntryKind.OrderExpiry);
        return Record(AccountRules.Merge(Account, fact, [.. ended], CardRefusal.None, now));
    }

    /// <summary>What the journal answers when it is asked for a day.</summary>
    public DaySpending SpentByEntries(LocalDate day) => _entries
        .Where(entry => entry.LimitDay == day)
        .Aggregate(DaySpending.None, (sum, entry) => sum + AccountRules.SpendingOf(entry));

    /// <summary>Likewise.</summary>
    public MealSet RedeemedByEntries(LocalDate day) => _entries
        .Where(entry => entry.LimitDay == day && entry.Meal is not null && entry.Kind is EntryKind.Redemption or EntryKind.Reversal)
        .Aggregate(MealSet.None, (set, entry) => entry.Kind == EntryKind.Redemption ? set.With(entry.Meal!.Value) : set.Without(entry.Meal!.Value));

    private OrderDecision Record(OrderDecision decision)
    {
        foreach (var entry in decision.Entries) Record(AccountDecision.Grant(entry));
        if (decision.Refusal == AccountRefusal.None) Account = Account with { Orders = decision.Orders };
        return decision;
    }

    private AccountDecision Record(AccountDecision decision)
    {
        if (decision.Entry is not { } entry) return decision;
        _entries.Add(entry);
        Account = AccountRules.Evolve(Account, entry);
        return decision;
    }
}
