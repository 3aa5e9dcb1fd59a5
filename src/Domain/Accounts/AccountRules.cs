using Zvonok.Domain.Cards;
using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Accounts;

/// <summary>Decides what happens to an account, and how it looks afterwards. Pure: time comes as data.</summary>
public static class AccountRules
{
    /// <summary>How many calendar days after the sale it may be taken back (M8); the day of the sale is the first.</summary>
    public const int ReversalDaysMax = 3;

    /// <summary>Decides a sale (M1 to M4).</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="sale">What is asked for; its lines add up to its total.</param>
    /// <param name="card">Why the card may not be used; <see cref="CardRefusal.None"/> when it may.</param>
    /// <param name="spentThatDay">What is spent already on the sale's own calendar day (<see cref="LimitDayOf"/>).</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Sale sale, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        var (forbidden, unconfirmed) = account.Profile.StopList?.Stopped(sale.Lines, sale.Seller) ?? default;
        var overriding = sale.Override?.By;
        if (!forbidden.IsEmpty && overriding is null) return AccountDecision.Refuse(sale.Override is null ? AccountRefusal.StopList : AccountRefusal.OverrideNotAllowed, forbidden);
        if (OverCategoryLimit(account.Profile, sale, spentThatDay) is { IsEmpty: false } lines) return AccountDecision.Refuse(AccountRefusal.CategoryLimit, lines);
        if (account.Profile.DailyLimit is { } limit && spentThatDay.Total + sale.Total > limit)
            return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (Unpaid(account, sale) is { Refusal: not AccountRefusal.None } unpaid) return unpaid;
        if (!unconfirmed.IsEmpty && !sale.IsConfirmed && overriding is null) return AccountDecision.Refuse(AccountRefusal.ConfirmationNeeded, unconfirmed);

        return AccountDecision.Grant(Next(account, sale, now, new Posting(EntryKind.Sale, Purse.Meal, -sale.Total, sale.Seller, LimitDayOf(account, sale, now))
        {
            Device = sale.Device,
            Lines = sale.Lines,
            Spending = DaySpending.Of(sale.Lines),
            CreditFloor = account.Meal - sale.Total < Money.Zero ? sale.CreditFloor : Money.Zero,
            Override = forbidden.IsEmpty ? null : new StopOverride(overriding!.Value, sale.Override!.Reason, forbidden),
        }));
    }

    /// <summary>Decides a meal at public cost (M5); the stop list is as for a sale (M3), limits and purses have no part in it.</summary>
    /// <param name="account">The account as it is.</param>
    /// <param name="redemption">What is asked for; its lines add up to its total.</param>
    /// <param name="card">Why the card may not be used; <see cref="CardRefusal.None"/> when it may.</param>
    /// <param name="redeemedThatDay">The meals that were had already at public cost on the redemption's own calendar day.</param>
    /// <param name="now">The server's time.</param>
    public static AccountDecision Decide(in AccountState account, Redemption redemption, CardRefusal card, MealSet redeemedThatDay, Instant now)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        var (forbidden, unconfirmed) = account.Profile.StopList?.Stopped(redemption.Lines, redemption.Seller) ?? default;
        var overriding = redemption.Override?.By;
        if (!forbidden.IsEmpty && overriding is null) return AccountDecision.Refuse(redemption.Override is null ? AccountRefusal.StopList : AccountRefusal.OverrideNotAllowed, forbidden);
        var day = LimitDayOf(account, redemption, now);
        if (account.Profile.Entitlements?.Find(redemption.Meal, day) is not { } entitlement) return AccountDecision.Refuse(AccountRefusal.NotEntitled);
        if (redeemedThatDay.Contains(redemption.Meal)) return AccountDecision.Refuse(AccountRefusal.AlreadyRedeemed);
        if (!unconfirmed.IsEmpty && !redemption.IsConfirmed && overriding is null) return AccountDecision.Refuse(AccountRefusal.ConfirmationNeeded, unconfirmed);

        return AccountDecision.Grant(Next(account, redemption, now, new Posting(EntryKind.Redemption, Purse.None, -redemption.Total, redemption.Seller, day)
        {
            Device = redemption.Device,
            Lines = redemption.Lines,
            Payer = entitlement.Funder,
            Meal = redemption.Meal,
            Override = forbidden.IsEmpty ? null : new StopOverride(overriding!.Value, redemption.Override!.Reason, forbidden),
        }));
    }

    /// <summary>Decides a ride (M10): the parameters are those of a sale.</summary>
    public static AccountDecision Decide(in AccountState account, Ride ride, CardRefusal card, DaySpending spentThatDay, Instant now)
    {
        if (card != CardRefusal.None) return AccountDecision.Refuse((AccountRefusal)card);
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (account.Profile.RideLimit is { } limit && spentThatDay.Rides + ride.Fare > limit) return AccountDecision.Refuse(AccountRefusal.DailyLimit);
        if (ride.Fare > account.Transport) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);

        return AccountDecision.Grant(Next(account, ride, now, new Posting(EntryKind.Ride, Purse.Transport, -ride.Fare, ride.Carrier, LimitDayOf(account, ride, now))
        {
            Device = ride.Device,
            Spending = DaySpending.OnRide(ride.Fare),
        }));
    }

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

    /// <summary>Decides a top-up (M9). That the bank reference is new is the journal's to keep.</summary>
    public static AccountDecision Decide(in AccountState account, TopUp topUp, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);
        if (IsOverfull(account.Balance(topUp.Purse) + topUp.Amount)) return AccountDecision.Refuse(AccountRefusal.PurseFull);

        var day = LimitDayOf(account, topUp, now);
        return AccountDecision.Grant(Next(account, topUp, now, new Posting(EntryKind.TopUp, topUp.Purse, topUp.Amount, ContraAccount.Bank(topUp.Reference.Provider), day)));
    }

    /// <summary>Decides a change of a daily limit (M2, M10).</summary>
    public static AccountDecision Decide(in AccountState account, LimitChange change, Instant now) => ChangeProfile(account, change, EntryKind.LimitChange, now);

    /// <summary>Decides a change of the stop list (M3).</summary>
    public static AccountDecision Decide(in AccountState account, StopListChange change, Instant now) => ChangeProfile(account, change, EntryKind.StopListChange, now);

    /// <summary>Decides a change of the entitlements (M5).</summary>
    public static AccountDecision Decide(in AccountState account, EntitlementChange change, Instant now) => ChangeProfile(account, change, EntryKind.EntitlementChange, now);

    /// <summary>The profile after a change of the limit, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, LimitChange change)
    {
        var profile = account.Profile with { Version = account.Seq + 1 };
        if (change.Purse == Purse.Transport) return profile with { RideLimit = change.Limit };
        return change.Category switch
        {
            ProductCategory.HotMeal => profile with { HotMealLimit = change.Limit },
            ProductCategory.Buffet => profile with { BuffetLimit = change.Limit },
            _ => profile with { DailyLimit = change.Limit },
        };
    }

    /// <summary>The profile after a change of the stop list, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, StopListChange change) =>
        account.Profile with { Version = account.Seq + 1, StopList = change.StopList is { IsEmpty: false } list ? list : null };

    /// <summary>The profile after a change of the entitlements, to be stored with its entry.</summary>
    public static AccountProfile ProfileAfter(in AccountState account, EntitlementChange change) =>
        account.Profile with { Version = account.Seq + 1, Entitlements = change.Entitlements is { All.Length: > 0 } list ? list : null };

    /// <summary>The account after an entry. Never refuses: it has happened.</summary>
    public static AccountState Evolve(in AccountState account, Entry entry) => account with
    {
        Seq = entry.Seq,
        Meal = entry.MealAfter,
        Transport = entry.TransportAfter,
        SpentOn = entry.SpentOn,
        Spent = new DaySpending(entry.SpentAfter - entry.BuffetSpentAfter, entry.BuffetSpentAfter, entry.RidesSpentAfter),
        RedeemedOn = entry.RedeemedOn,
        Redeemed = entry.RedeemedAfter,
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
    public static DaySpending? SpentOn(in AccountState account, LocalDate day) =>
        day == account.SpentOn ? account.Spent :
        day > account.SpentOn ? DaySpending.None : null;

    /// <summary>The meals that were had at public cost on a day, as far as is known without asking the journal: as <see cref="SpentOn"/>.</summary>
    public static MealSet? RedeemedOn(in AccountState account, LocalDate day) =>
        day == account.RedeemedOn ? account.Redeemed :
        day > account.RedeemedOn ? MealSet.None : null;

    // What is in the purse goes for the buffet first, as if that were sold before: a hot meal may be owed, the buffet never (M4).
    private static AccountDecision Unpaid(in AccountState account, Sale sale)
    {
        if (sale.Total <= account.Meal) return default;
        var asked = DaySpending.Of(sale.Lines);
        if (sale.CreditFloor == Money.Zero || asked.HotMeal == Money.Zero) return AccountDecision.Refuse(AccountRefusal.InsufficientFunds);
        if (asked.Buffet > Money.Max(account.Meal, Money.Zero))
            return AccountDecision.Refuse(AccountRefusal.InsufficientFunds, LineSet.Where(sale.Lines, line => line.Category == ProductCategory.Buffet));
        return account.Meal - sale.Total < sale.CreditFloor ? AccountDecision.Refuse(AccountRefusal.CreditUsedUp) : default;
    }

    /// <summary>What an entry adds to its day's spending: a sale its lines, a ride its fare, a reversal the lines that it takes back as much less, all others nothing.</summary>
    public static DaySpending SpendingOf(Entry entry) => entry.Kind switch
    {
        EntryKind.Sale => DaySpending.Of(entry.Lines),
        EntryKind.Reversal when entry.Purse != Purse.None => -DaySpending.Of(entry.Lines),
        EntryKind.Ride => DaySpending.OnRide(-entry.Amount),
        _ => DaySpending.None,
    };

    // A family that has lowered a limit below what is spent already has not forbidden the other category.
    private static LineSet OverCategoryLimit(AccountProfile profile, Sale sale, DaySpending spent)
    {
        if (profile.HotMealLimit is null && profile.BuffetLimit is null) return LineSet.None;
        var asked = DaySpending.Of(sale.Lines);
        var isHotOver = IsOver(profile.HotMealLimit, spent.HotMeal, asked.HotMeal);
        var isBuffetOver = IsOver(profile.BuffetLimit, spent.Buffet, asked.Buffet);
        return LineSet.Where(sale.Lines, line => line.Category == ProductCategory.Buffet ? isBuffetOver : isHotOver);

        static bool IsOver(Money? limit, Money spent, Money asked) => asked > Money.Zero && spent + asked > limit;
    }

    private static AccountDecision ChangeProfile(in AccountState account, AccountCommand change, EntryKind kind, Instant now)
    {
        if (account.Profile.IsClosed) return AccountDecision.Refuse(AccountRefusal.AccountClosed);

        var day = LimitDayOf(account, change, now);
        return AccountDecision.Grant(Next(account, change, now, new Posting(kind, Purse.Meal, Money.Zero, ContraAccount.None, day)));
    }

    private static bool IsOverfull(Money balance) => balance.Kopecks > Limits.BalanceMax;

    private static Entry Next(in AccountState account, AccountCommand command, Instant now, in Posting posting)
    {
        // Only what counts on the limit moves the day of spending; for an earlier day nothing is kept here.
        var isLater = posting.Spending is not null && posting.LimitDay > account.SpentOn;
        var spent = isLater ? DaySpending.None : account.Spent;
        if (posting.Spending is { } spending && posting.LimitDay >= account.SpentOn) spent += spending;
        var (redeemedOn, redeemed) = Redeemed(account, posting);

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
            SpentAfter = spent.Total,
            BuffetSpentAfter = spent.Buffet,
            RidesSpentAfter = spent.Rides,
            EventAt = OperationRules.BoundEventTime(command.EventTime, now),
            RecordedAt = Instant.Max(OperationRules.ToMillisecond(now), account.RecordedAt),
            MadeUntil = Instant.Max(command.Operation.MadeAt, account.MadeUntil),
            Device = posting.Device,
            ReversedSeq = posting.ReversedSeq,
            Payer = posting.Payer,
            Meal = posting.Meal,
            RedeemedOn = redeemedOn,
            RedeemedAfter = redeemed,
            ReversedLines = posting.ReversedLines,
            Lines = posting.Lines,
            CreditFloor = posting.CreditFloor,
            Override = posting.Override,
        };
    }

    // As with spending: for an earlier day than the latest nothing is kept here.
    private static (LocalDate On, MealSet Meals) Redeemed(in AccountState account, in Posting posting)
    {
        if (posting.Meal is not { } meal || posting.LimitDay < account.RedeemedOn) return (account.RedeemedOn, account.Redeemed);
        var before = posting.LimitDay == account.RedeemedOn ? account.Redeemed : MealSet.None;
        return (posting.LimitDay, posting.Kind == EntryKind.Redemption ? before.With(meal) : before.Without(meal));
    }

    /// <summary>What an entry of each kind says of its own.</summary>
    private readonly record struct Posting(EntryKind Kind, Purse Purse, Money Amount, ContraAccount Contra, LocalDate LimitDay)
    {
        public DeviceId Device { get; init; }

        public long ReversedSeq { get; init; }

        public LineSet ReversedLines { get; init; }

        public SaleLine[] Lines { get; init; } = [];

        /// <summary>What it adds to the day's spending, negative when it takes back; null when it does not count on the limits.</summary>
        public DaySpending? Spending { get; init; }

        public Money CreditFloor { get; init; }

        public ContraAccount Payer { get; init; }

        /// <summary>The meal that it redeems, or frees.</summary>
        public MealKind? Meal { get; init; }

        public StopOverride? Override { get; init; }
    }
}
