using Zvonok.Domain.Time;

namespace Zvonok.Domain.Menus;

/// <summary>What a menu may say (M6). Pure.</summary>
public static class MenuRules
{
    /// <summary>
    /// Whether orders for a day may be taken until then: from 1970 on, which tells a time from a forgotten one, and not beyond the end of the day in the school's zone,
    /// for then the day is closed.
    /// </summary>
    public static bool MayCutOff(Instant until, LocalDate day, string zoneId) =>
        until >= NodaConstants.UnixEpoch && day < LocalDate.MaxIsoValue && until <= Calendars.StartOf(day.PlusDays(1), zoneId);
}
