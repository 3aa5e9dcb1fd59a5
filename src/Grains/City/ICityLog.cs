using Zvonok.Domain.City;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.City;

/// <summary>
/// The city's days in the database (S5): what happened, by groups, and what was told of it. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer in time; that
/// holds up no tap and no sale.
/// </summary>
public interface ICityLog
{
    /// <summary>True when the day has been told: what was told is kept.</summary>
    Task<bool> IsKept(LocalDate day);

    /// <summary>The different IANA zones of all registered buildings.</summary>
    Task<IReadOnlyList<string>> ListZones();

    /// <summary>
    /// All groups of the buildings of a zone, by building, time and kind; each fact is in one of them. One statement, which may take minutes for a city; it throws
    /// <see cref="JournalOverloadedException"/> when too many reports are being read already.
    /// </summary>
    /// <param name="zoneId">The zone.</param>
    /// <param name="happened">When the facts happened: a day of that zone. Quarters of an hour are counted from its start.</param>
    /// <param name="recorded">When they were recorded.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<CityGroup> ReadGroups(string zoneId, Interval happened, Interval recorded, CancellationToken stop);

    /// <summary>Keeps a day's figures, all or none; false when somebody else was faster: then theirs are kept, and these are to be told to nobody.</summary>
    /// <param name="day">The day.</param>
    /// <param name="figures">What is told of it, those of a building one after the other.</param>
    /// <param name="now">When that is.</param>
    Task<bool> Keep(LocalDate day, IReadOnlyCollection<CityFigure> figures, Instant now);

    /// <summary>The kept figures of a day, by building, time and kind; nothing for a day that is not kept.</summary>
    /// <param name="day">The day.</param>
    /// <param name="building">Of which building; null for all.</param>
    /// <param name="stop">Gives up.</param>
    IAsyncEnumerable<CityFigure> Read(LocalDate day, BuildingId? building, CancellationToken stop);
}
