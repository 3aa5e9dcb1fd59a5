using System.Runtime.CompilerServices;
using NodaTime.Text;
using Zvonok.Domain.City;
using Zvonok.Domain.Time;

namespace Zvonok.Grains.City;

/// <summary>
/// What the city learns of a day (S5). It is worked out when it is first asked for, kept, and then the same for ever: of two answers that differ by one child the difference would be that child.
/// </summary>
public sealed class CityFigures(ICityLog log, IClock clock)
{
    /// <summary>The figures of a day, by building, time and kind.</summary>
    /// <param name="day">The calendar day, in the zone of each building.</param>
    /// <param name="building">Of which building; null for all.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CityDayOpenException">While it is enumerated: the day is not to be told yet.</exception>
    public async IAsyncEnumerable<CityFigure> Read(LocalDate day, BuildingId? building, [EnumeratorCancellation] CancellationToken stop)
    {
        if (!await log.IsKept(day)) await WorkOut(day, stop);
        await foreach (var figure in log.Read(day, building, stop)) yield return figure;
    }

    private async Task WorkOut(LocalDate day, CancellationToken stop)
    {
        var zones = await log.ListZones();
        // Without buildings there is nothing to tell, and nothing to keep.
        if (zones.Count == 0) return;
        var now = clock.GetCurrentInstant();
        if (CityRules.ToldFrom(day, zones) is var from && now < from) throw new CityDayOpenException(day, from);

        var figures = new List<CityFigure>();
        foreach (var zone in zones)
            await foreach (var group in log.ReadGroups(zone, Calendars.SpanOf(day, zone), CityRules.RecordedIn(day, zone), stop))
                if (CityRules.Tell(group) is { } figure) figures.Add(figure);
        // Another silo's are as good, and it is they that are read back then.
        await log.Keep(day, figures, now);
    }
}

/// <summary>Facts of the day may still come: it is not told yet.</summary>
/// <param name="day">The day.</param>
/// <param name="from">From when on it is told.</param>
public sealed class CityDayOpenException(LocalDate day, Instant from) : Exception($"date: what happened on {LocalDatePattern.Iso.Format(day)} may still be uploaded: ask from {InstantPattern.General.Format(from)} on.");
