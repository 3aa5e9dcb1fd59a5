using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Days;

/// <summary>
/// Which days of which buildings are closed, and what is open of them (M6). Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.
/// </summary>
public interface IDayLog
{
    /// <summary>All buildings, and the latest day of each that was closed.</summary>
    Task<IReadOnlyList<BuildingDays>> List();

    /// <summary>Orders of a building for a day and those before it that nobody has fetched, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<AccountOrder>> ListOrders(BuildingId building, LocalDate until, int count);

    /// <summary>A day of a building is closed. To be said as often as one likes: the first time holds.</summary>
    Task Close(BuildingId building, LocalDate day, Instant at);
}

/// <summary>How far a building's days are closed.</summary>
/// <param name="Building">Which.</param>
/// <param name="ZoneId">The IANA zone whose calendar days count.</param>
/// <param name="ClosedUntil">The latest closed day; null when none ever was.</param>
public sealed record BuildingDays(BuildingId Building, string ZoneId, LocalDate? ClosedUntil);

/// <summary>Somebody's open order.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Order">What is ordered.</param>
public sealed record AccountOrder(AccountNumber Account, OpenOrder Order);
