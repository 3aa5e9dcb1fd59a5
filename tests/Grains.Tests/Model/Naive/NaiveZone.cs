namespace Zvonok.Grains.Tests.Model.Naive;

/// <summary>Calendar days of 2026 by plain arithmetic: how many minutes a zone is ahead of UTC, and from when, copied by hand from the announcements of its country.</summary>
/// <param name="Id">Its IANA name.</param>
/// <param name="Ahead">Minutes ahead at the beginning of the year, and after each change.</param>
internal sealed record NaiveZone(string Id, params (string From, int Minutes)[] Ahead)
{
    private const long Minute = 60_000;
    private const long Day = 24 * 60 * Minute;

    /// <summary>UTC+2 to +13, some of them with half hours, and with nights in which the clocks are put forward or back: at midnight in Cairo and Beirut, by half an hour on Lord Howe.</summary>
    public static readonly NaiveZone[] All =
    [
        new("Europe/Kaliningrad", ("2026-01-01T00:00Z", 120)),
        new("Europe/Helsinki", ("2026-01-01T00:00Z", 120), ("2026-03-29T01:00Z", 180), ("2026-10-25T01:00Z", 120)),
        new("Africa/Cairo", ("2026-01-01T00:00Z", 120), ("2026-04-23T22:00Z", 180), ("2026-10-29T21:00Z", 120)),
        new("Asia/Beirut", ("2026-01-01T00:00Z", 120), ("2026-03-28T22:00Z", 180), ("2026-10-24T21:00Z", 120)),
        new("Europe/Moscow", ("2026-01-01T00:00Z", 180)),
        new("Asia/Yekaterinburg", ("2026-01-01T00:00Z", 300)),
        new("Asia/Kathmandu", ("2026-01-01T00:00Z", 345)),
        new("Asia/Novosibirsk", ("2026-01-01T00:00Z", 420)),
        new("Asia/Vladivostok", ("2026-01-01T00:00Z", 600)),
        new("Australia/Sydney", ("2026-01-01T00:00Z", 660), ("2026-04-04T16:00Z", 600), ("2026-10-03T16:00Z", 660)),
        new("Australia/Lord_Howe", ("2026-01-01T00:00Z", 660), ("2026-04-04T15:00Z", 630), ("2026-10-03T15:30Z", 660)),
        new("Asia/Kamchatka", ("2026-01-01T00:00Z", 720)),
        new("Pacific/Auckland", ("2026-01-01T00:00Z", 780), ("2026-04-04T14:00Z", 720), ("2026-09-26T14:00Z", 780)),
    ];

    private readonly (long From, int Minutes)[] _ahead =
        [.. Ahead.Select(change => (DateTimeOffset.Parse(change.From, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), change.Minutes))];

    /// <summary>Days since 1970 at a Unix millisecond.</summary>
    public int DayOf(long at) => (int)((at + _ahead.Last(change => change.From <= at).Minutes * Minute) / Day);

    /// <summary>The Unix millisecond at which a day begins, by trying every quarter of an hour around it.</summary>
    public long StartOf(int day)
    {
        var at = (day - 1) * Day;
        while (DayOf(at) < day) at += 15 * Minute;
        return at;
    }

    /// <summary>Days since 1970.</summary>
    public static int NumberOf(LocalDate date) => new DateOnly(date.Year, date.Month, date.Day).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The date of a day since 1970.</summary>
    public static LocalDate DateOf(int day)
    {
        var date = new DateOnly(1970, 1, 1).AddDays(day);
        return new LocalDate(date.Year, date.Month, date.Day);
    }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
