using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Accounts;

/// <summary>Decides what happens to an account, and how it looks afterwards. Pure: time comes as data.</summary>
public static class AccountRules
{
    /// <summary>How many calendar days after the sale it may be taken back (M8); the day of the sale is the first.</summary>
    public const int ReversalDaysMax = 3;

    /// <summary>Decides a sale (M1, M2).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="sale">What is asked for; its lines add up to its total.</param>
    /// <param name="card">Why the card may not be used; <see cref="CardRefusal.None"/> when it may.</param>
    /// <param name="spentThatDay">What is spent already on the sale's own calendar day (<see cref="LimitDayOf"/>).</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Sale sale, CardRefusal card, Money spentThatDay, Instant now)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (account.Profile.DailyLimit is { } limit && spentThatDay + sale.Total > limit)
            return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (sale.Total > account.Meal) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);

        return AccountDecision.Grant(Next(account, sale, now, new Posting(EntryKind.Sale, Purse.Meal, -sale.Total, sale.Seller, LimitDayOf(account, sale, now))
        {
            Device = sale.Device,
            Lines = sale.Lines,
        }));
    }

    /// <summary>Decides the reversal of a whole sale (M8).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="reversal">What is asked for.</param>
    /// <param name="sale">The entry that it names; null when the account has none of that number.</param>
    /// <param name="isReversed">True when an entry takes it back already.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Reversal reversal, Entry? sale, bool isReversed, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (sale is not { Kind: EntryKind.Sale }) return AccountDecision.Refuse(AccountRefusal.SaleUnknown);
        if (sale.Contra != reversal.Seller) return AccountDecision.Refuse(AccountRefusal.OtherOperator);
        if (isReversed) return AccountDecision.Refuse(AccountRefusal.AlreadyReversed);
        if (LimitDayOf(account, reversal, now) >= sale.LimitDay.PlusDays(ReversalDaysMax))
            return AccountDecision.Refuse(AccountRefusal.ReversalTooLate);
        if (IsOverfull(account.Balance(sale.Purse) - sale.Amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        return AccountDecision.Grant(Next(account, reversal, now, new Posting(EntryKind.Reversal, sale.Purse, -sale.Amount, sale.Contra, sale.LimitDay)
        {
            Device = reversal.Device,
            ReversedSeq = sale.Seq,
            Lines = sale.Lines,
        }));
    }

    /// <summary>Decides a top-up (M9). That the bank reference is new is the journal's to keep.</summary>
    public static AccountDecision Decide(in AccountState account, TopUp topUp, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (IsOverfull(account.Balance(topUp.Purse) + topUp.Amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        var day = LimitDayOf(account, topUp, now);
        return AccountDecision.Grant(Next(account, topUp, now, new Posting(EntryKind.TopUp, topUp.Purse, topUp.Amount, ContraAccount.Bank(topUp.Reference.Provider), day)));
    }

    /// <summary>Decides a change of the daily limit (M2).</summary>
    public static AccountDecision Decide(in AccountState account, LimitChange change, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);

        var day = LimitDayOf(account, change, now);
        return AccountDecision.Grant(Next(account, change, now, new Posting(EntryKind.LimitChange, Purse.Meal, Money.Zero, ContraAccount.None, day)));
    }

    /// <summary>The profile after a change of the limit, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, LimitChange change) =>
        account.Profile with { DailyLimit = change.Limit, Version = account.Seq + 1 };

    /// <summary>The account after an entry. Never refuses: it has happened.</summary>
    public static AccountState Evolve(in AccountState account, Entry entry) => account with
    {
        Seq = entry.Seq,
        Meal = entry.MealAfter,
        Transport = entry.TransportAfter,
        SpentOn = entry.SpentOn,
        Spent = entry.SpentAfter,
        RecordedAt = entry.RecordedAt,
        MadeUntil = entry.MadeUntil,
    };

    /// <summary>The calendar day, in the account's zone, on which a command's event counts (M2).</summary>
    public static LocalDate LimitDayOf(in AccountState account, AccountCommand command, Instant now) =>
        Calendars.DayOf(OperationRules.BoundEventTime(command.EventTime, now), account.Profile.ZoneId);

    /// <summary>
    /// What is known without asking the journal to be spent on a day: the latest day's sum, or nothing for a later day.
    /// Null for an earlier day, which an event from before midnight may bring: then the journal has to be asked.
    /// </summary>
    public static Money? SpentOn(in AccountState account, LocalDate day) =>
        day == account.SpentOn ? account.Spent :
        day > account.SpentOn ? Money.Zero : null;

    private static bool IsOverfull(Money balance) => balance.Kopecks > Limits.BalanceMax;

    private static Entry Next(in AccountState account, AccountCommand command, Instant now, in Posting posting)
    {
        // Only sales and their reversals count on the limit, so only they move the day of spending.
        var spends = posting.Kind is EntryKind.Sale or EntryKind.Reversal;
        var isLater = spends && posting.LimitDay > account.SpentOn;
        var spent = isLater ? Money.Zero : account.Spent;

        return new Entry
        {
            Account = account.Profile.Number,
            Seq = account.Seq + 1,
            Operation = command.Operation,
            Fingerprint = command.Fingerprint,
            Kind = posting.Kind,
            Purse = posting.Purse,
            Amount = posting.Amount,
            Contra = posting.Contra,
            MealAfter = posting.Purse == Purse.Meal ? account.Meal + posting.Amount : account.Meal,
            TransportAfter = posting.Purse == Purse.Transport ? account.Transport + posting.Amount : account.Transport,
            LimitDay = posting.LimitDay,
            SpentOn = isLater ? posting.LimitDay : account.SpentOn,
            SpentAfter = spends && posting.LimitDay >= account.SpentOn ? spent - posting.Amount : spent,
            EventAt = OperationRules.BoundEventTime(command.EventTime, now),
            RecordedAt = Instant.Max(OperationRules.ToMillisecond(now), account.RecordedAt),
            MadeUntil = Instant.Max(command.Operation.MadeAt, account.MadeUntil),
            Device = posting.Device,
            ReversedSeq = posting.ReversedSeq,
            Lines = posting.Lines,
        };
    }

    /// <summary>What an entry of each kind says of its own.</summary>
    private readonly record struct Posting(EntryKind Kind, Purse Purse, Money Amount, ContraAccount Contra, LocalDate LimitDay)
    {
        public DeviceId Device { get; init; }

        public long ReversedSeq { get; init; }

        public SaleLine[] Lines { get; init; } = [];
    }
}
