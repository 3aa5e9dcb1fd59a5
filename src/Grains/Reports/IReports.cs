using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Reports;

/// <summary>
/// Reports on the books (M5, M14), read from the entries themselves. Each is one statement on one consistent state of the database, and its lines come as the database yields
/// them, so that none is too large. They are for offices, not for tills: they may take minutes, and never keep a tap or a sale from the database.
/// While it is enumerated, each throws <see cref="JournalUnavailableException"/> when the database does not answer or takes longer than a report may, and
/// <see cref="JournalOverloadedException"/> when too many are being read already.
/// </summary>
public interface IReports
{
    /// <summary>What each purse, over all accounts, and each contra account stands at; the purses first. The totals add up to zero, or the books are wrong.</summary>
    IAsyncEnumerable<TrialBalanceLine> ReadTrialBalance(CancellationToken stop);

    /// <summary>
    /// What was moved to and from contra accounts by the entries that were <em>recorded</em> in a span of time, usually a day: not when they happened, since devices send what
    /// they did without a connection later, so that a span that is over never changes. By contra account, kind and other side.
    /// </summary>
    /// <param name="whose">Which contra accounts.</param>
    /// <param name="recorded">When they were recorded; its end is not part of it.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<SettlementLine> ReadSettlement(ContraSelection whose, Interval recorded, CancellationToken stop);

    /// <summary>
    /// The meals at public cost that were had on some days, each once, by budget, building of the till, day and kind of meal. A meal that was taken back as a whole is not
    /// among them, whenever that was; of one that was taken back in part the rest is claimed.
    /// </summary>
    /// <param name="funder">The budget; null for all.</param>
    /// <param name="first">The first day, in the accounts' zones (<see cref="Entry.LimitDay"/>).</param>
    /// <param name="last">The last day.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<ClaimsLine> ReadClaims(ContraAccount? funder, LocalDate first, LocalDate last, CancellationToken stop);

    /// <summary>The facts that would have been refused (O4), in the order of their accounts and numbers.</summary>
    /// <param name="building">Where the terminals stand; null for all.</param>
    /// <param name="recorded">When they were recorded; its end is not part of it.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<ExceptionsLine> ReadExceptions(BuildingId? building, Interval recorded, CancellationToken stop);
}

/// <summary>A line of the trial balance.</summary>
/// <param name="Side">Whose total.</param>
/// <param name="Total">What it stands at: what a purse holds, what a contra account has received, less what it has given.</param>
public sealed record TrialBalanceLine(Side Side, Money Total);

/// <summary>A line of the settlement report: entries of one kind between a contra account and one other side.</summary>
/// <param name="Contra">Whose settlement.</param>
/// <param name="Kind">What the entries tell of.</param>
/// <param name="Other">Where the money came from or went to.</param>
/// <param name="Entries">How many there are.</param>
/// <param name="Amount">What the contra account has received by them; negative when it has given.</param>
public sealed record SettlementLine(ContraAccount Contra, EntryKind Kind, Side Other, long Entries, Money Amount);

/// <summary>A line of the claims report.</summary>
/// <param name="Funder">The budget that pays.</param>
/// <param name="Building">Where the till stands that served the meals; 0 when nobody has registered the till.</param>
/// <param name="Day">The day of the meals.</param>
/// <param name="Meal">Which meal of the day.</param>
/// <param name="Meals">How many were had.</param>
/// <param name="Amount">What they cost.</param>
public sealed record ClaimsLine(ContraAccount Funder, BuildingId Building, LocalDate Day, MealKind Meal, long Meals, Money Amount);

/// <summary>A line of the exceptions report.</summary>
/// <param name="Entry">What was recorded, with its marks.</param>
/// <param name="Building">Where the terminal stands; 0 when nobody has registered it.</param>
public sealed record ExceptionsLine(Entry Entry, BuildingId Building);
