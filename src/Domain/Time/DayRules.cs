namespace Zvonok.Domain.Time;

/// <summary>Which days are to be closed (M6).</summary>
public static class DayRules
{
    /// <summary>
    /// The days that are over and not closed yet, oldest first: a building that was never closed begins with the latest, one whose silos were away catches up day by day.
    /// </summary>
    /// <param name="closedUntil">The latest closed day; null when none ever was.</param>
    /// <param name="zoneId">The IANA zone whose calendar days count.</param>
    /// <param name="now">The server's time.</param>
    /// <param name="grace">How long after its midnight a day is left open, for what comes late.</param>
    public static IEnumerable<LocalDate> ToClose(LocalDate? closedUntil, string zoneId, Instant now, Duration grace)
    {
        var latest = Calendars.DayOf(now - grace, zoneId).PlusDays(-1);
        for (var day = closedUntil?.PlusDays(1) ?? latest; day <= latest; day = day.PlusDays(1)) yield return day;
    }
}
