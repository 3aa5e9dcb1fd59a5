using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Cards;

/// <summary>
/// Where and when a card opens gates, or does not (P4). A rule applies to a building and a moment when all that it says holds; what it does not say, holds always. Days and
/// hours are those of the building's own zone.
/// </summary>
/// <param name="IsDeny">True: it keeps gates shut. False: it opens them.</param>
/// <param name="Building">Which building; null: every one.</param>
/// <param name="Weekdays">On which days of the week; empty: on all of them.</param>
/// <param name="Hours">At which hours; null: at all of them.</param>
/// <param name="From">The first calendar day; null: from ever.</param>
/// <param name="Until">The last calendar day; null: for ever.</param>
[GenerateSerializer, Immutable, Alias("zvonok.AccessRule")]
public readonly record struct AccessRule(
    [property: Id(0)] bool IsDeny,
    [property: Id(1)] BuildingId? Building = null,
    [property: Id(2)] WeekdaySet Weekdays = default,
    [property: Id(3)] HourSpan? Hours = null,
    [property: Id(4)] LocalDate? From = null,
    [property: Id(5)] LocalDate? Until = null)
{
    /// <summary>The specificity of a rule that says nothing but its building.</summary>
    internal const int OfBuilding = 8;

    /// <summary>
    /// Of two rules that apply, the more specific one wins: the one that names the building; of two that both do or both do not, the one with hours; then the one with days of the
    /// week; then the one with a first or last day.
    /// </summary>
    internal int Specificity => (Building is null ? 0 : OfBuilding) + (Hours is null ? 0 : 4) + (Weekdays.IsEmpty ? 0 : 2) + (From is null && Until is null ? 0 : 1);

    internal bool IsAbout(BuildingId building) => Building is null || Building == building;

    internal bool HoldsAt(LocalDateTime local) =>
        !(local.Date < From) && !(local.Date > Until) && (Weekdays.IsEmpty || Weekdays.Contains(local.DayOfWeek)) && (Hours is not { } hours || hours.Contains(local.TimeOfDay));
}

/// <summary>Some hours of a day.</summary>
/// <param name="First">The first minute, 0 to 1439 after midnight.</param>
/// <param name="End">The minute at which they are over, <paramref name="First"/> + 1 to 1440.</param>
[GenerateSerializer, Immutable, Alias("zvonok.HourSpan")]
public readonly record struct HourSpan([property: Id(0)] short First, [property: Id(1)] short End)
{
    /// <summary>Minutes of a day.</summary>
    public const int DayMinutes = 24 * 60;

    internal bool Contains(LocalTime time) => time.Hour * 60 + time.Minute is var minute && minute >= First && minute < End;
}

/// <summary>What a card's rights say of a building and a moment.</summary>
public enum AccessVerdict
{
    /// <summary>It opens it.</summary>
    Allowed,

    /// <summary>Nothing lets it in there, at no time.</summary>
    NoRight,

    /// <summary>A rule keeps it out.</summary>
    Denied,

    /// <summary>It opens the building, but not now.</summary>
    NotNow,
}
