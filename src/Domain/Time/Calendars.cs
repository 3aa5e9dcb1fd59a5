using System.Diagnostics.CodeAnalysis;

namespace Zvonok.Domain.Time;

/// <summary>Calendar days in the zones of the IANA database.</summary>
public static class Calendars
{
    /// <summary>The zone of that IANA name, such as <c>Europe/Moscow</c>; false when there is none.</summary>
    public static bool TryGetZone(string id, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        return zone is not null;
    }

    /// <summary>The calendar day of <paramref name="instant"/> in the zone; throws <see cref="NodaTime.TimeZones.DateTimeZoneNotFoundException"/> for a name that is none.</summary>
    public static LocalDate DayOf(Instant instant, string zoneId) =>
        instant.InZone(DateTimeZoneProviders.Tzdb[zoneId]).Date;
}
