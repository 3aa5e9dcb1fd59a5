using Zvonok.Domain.Operations;
using Zvonok.Domain.Time;

namespace Zvonok.Domain.Accounts;

/// <summary>Decides what happens to an account, and how it looks afterwards. Pure: time comes as data.</summary>
public static partial class AccountRules
{
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
        Calendars.DayOf(EventAtOf(command, now), account.Profile.ZoneId);

    /// <summary>When a command's event happened: by the device's clock as far as it is believed, which is further for what a terminal uploads.</summary>
    public static Instant EventAtOf(AccountCommand command, Instant now) =>
        command.IsFact ? OperationRules.BoundFactTime(command.EventTime, now) : OperationRules.BoundEventTime(command.EventTime, now);

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

    /// <summary>What an entry adds to its day's spending: a sale its lines, a ride its fare, a reversal the lines that it takes back as much less, all others nothing.</summary>
    public static DaySpending SpendingOf(Entry entry) => entry.Kind switch
    {
        EntryKind.Sale => DaySpending.Of(entry.Lines),
        EntryKind.Reversal when entry.Purse != Purse.None => -DaySpending.Of(entry.Lines),
        EntryKind.Ride => DaySpending.OnRide(-entry.Amount),
        _ => DaySpending.None,
    };
}
