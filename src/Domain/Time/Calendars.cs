using System.Diagnostics.CodeAnalysis;
using NodaTime.TimeZones;

namespace Zvonok.Domain.Time;

/// <summary>Calendar days in the zones of the IANA database.</summary>
public static class Calendars
{
    private static readonly ZoneLocalMappingResolver Midnight = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The zone of that IANA name, such as <c>Europe/Moscow</c>; false when there is none.</summary>
    public static bool TryGetZone(string id, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        return zone is not null;
    }

    /// <summary>The calendar day of <paramref name="instant"/> in the zone; throws <see cref="NodaTime.TimeZones.DateTimeZoneNotFoundException"/> for a name that is none.</summary>
    public static LocalDate DayOf(Instant instant, string zoneId) =>
        instant.InZone(DateTimeZoneProviders.Tzdb[zoneId]).Date;

    /// <summary>
    /// From the first moment of a calendar day in the zone to that of the next; empty for a day that the zone has left out, as Samoa did when it moved over the date line.
    /// Throws as <see cref="DayOf"/> does.
    /// </summary>
    public static Interval SpanOf(LocalDate day, string zoneId)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        return new Interval(StartOf(day), StartOf(day.PlusDays(1)));

        Instant StartOf(LocalDate date) => zone.ResolveLocal(date.AtMidnight(), Midnight).ToInstant();
    }

    /// <summary>When a calendar day begins in the zone; throws <see cref="NodaTime.TimeZones.DateTimeZoneNotFoundException"/> for a name that is none.</summary>
    public static Instant StartOf(LocalDate day, string zoneId) =>
        DateTimeZoneProviders.Tzdb[zoneId].AtStartOfDay(day).ToInstant();
}
