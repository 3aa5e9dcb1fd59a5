using Zvonok.Domain.Operations;

namespace Zvonok.Domain.Accounts;

// How what was decided becomes an entry (M14).
public static partial class AccountRules
{
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
            EventAt = EventAtOf(command, now),
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
            SettledBy = posting.SettledBy,
            Counterpart = posting.Counterpart,
            Marks = posting.Marks,
        };
    }

    // As with spending: for an earlier day than the latest nothing is kept here.
    private static (LocalDate On, MealSet Meals) Redeemed(in AccountState account, in Posting posting)
    {
        if (posting.Kind is not (EntryKind.Redemption or EntryKind.Reversal) || posting.Meal is not { } meal || posting.LimitDay < account.RedeemedOn) return (account.RedeemedOn, account.Redeemed);
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

        public AccountNumber? SettledBy { get; init; }

        public EntryKey? Counterpart { get; init; }

        public FactMarks? Marks { get; init; }
    }
}
