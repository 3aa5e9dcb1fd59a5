using Zvonok.Domain.Time;

namespace Zvonok.Load.Reads;

/// <summary>
/// What every pupil of a city did on a month's school days, by a formula: each comes on nine days of ten, taps in, has lunch and taps out, and is topped up every eleventh
/// day. So the history that is written need not be kept, and every answer about it is known beforehand.
/// </summary>
/// <param name="city">Whose pupils.</param>
/// <param name="until">The day after the month.</param>
/// <param name="days">School days of it, Monday to Friday.</param>
/// <param name="passageDays">On how many of them, the last ones, the gates are written too.</param>
internal sealed class SchoolMonth(City city, LocalDate until, int days, int passageDays)
{
    /// <summary>What each top-up brings: lunches for longer than to the next.</summary>
    public static readonly Money TopUp = new(200_00);

    // CityDay.Attendance, said as a whole number.
    private const int AbsentOneIn = 10;
    private const int TopUpInterval = 11;

    /// <summary>The school days, by date.</summary>
    public IReadOnlyList<LocalDate> Days { get; } =
        [.. Enumerable.Range(1, 2 * days + 7).Select(back => until.PlusDays(-back)).Where(day => day.DayOfWeek <= IsoDayOfWeek.Friday).Take(days).Reverse()];

    /// <summary>The first of the days on which the gates are written.</summary>
    public int FirstPassageDay => Math.Max(0, days - passageDays);

    /// <summary>Entries of all pupils.</summary>
    public long EntryCount => Enumerable.Range(0, city.Plan.Pupils).Sum(pupil => (long)EntriesOf(pupil));

    /// <summary>Passages of all pupils.</summary>
    public long PassageCount => Enumerable.Range(0, city.Plan.Pupils).Sum(pupil => (long)PassagesOf(pupil));

    /// <summary>Whether a pupil comes on a day, of 0 to the number of days − 1.</summary>
    public static bool Attends(int pupil, int day) => (pupil + day) % AbsentOneIn != 0;

    /// <summary>Whether all pupils are topped up on a day.</summary>
    public static bool IsPayday(int day) => day % TopUpInterval == 0;

    /// <summary>A pupil's entries at the month's end.</summary>
    public int EntriesOf(int pupil) => Paydays + LunchesOf(pupil);

    /// <summary>A pupil's passages at the month's end.</summary>
    public int PassagesOf(int pupil) => 2 * Enumerable.Range(FirstPassageDay, days - FirstPassageDay).Count(day => Attends(pupil, day));

    /// <summary>What a pupil's meal purse holds at the month's end, in kopecks.</summary>
    public long BalanceOf(int pupil) => Paydays * TopUp.Kopecks - LunchesOf(pupil) * Menu.PriceFor(pupil);

    /// <summary>On how many days of a day's week, Monday to Sunday, a pupil came.</summary>
    public int LunchesInWeekOf(int pupil, int day) => WeekOf(day).Count(other => Attends(pupil, other));

    /// <summary>On how many of them the gates saw it.</summary>
    public int SeenInWeekOf(int pupil, int day) => WeekOf(day).Count(other => IsSeen(pupil, other));

    /// <summary>Whether the gates saw a pupil on a day.</summary>
    public bool IsSeen(int pupil, int day) => day >= FirstPassageDay && Attends(pupil, day);

    /// <summary>All pupils in an order that has nothing to do with their schools, each with the moment at which a part of a day comes to them; the moments ascend.</summary>
    public IEnumerable<(int Pupil, Instant At)> Walk(int day, DayPart part)
    {
        var order = new PupilOrder(city.Plan.Pupils, day);
        var (from, to) = HoursOf(part);
        var start = Calendars.StartOf(Days[day], city.Plan.TimeZone).ToUnixTimeMilliseconds();
        for (var i = 0L; i < city.Plan.Pupils; i++)
            yield return (order[i], Instant.FromUnixTimeMilliseconds(start + Milliseconds(from) + (Milliseconds(to) - Milliseconds(from)) * i / city.Plan.Pupils));
    }

    private int Paydays => Enumerable.Range(0, days).Count(IsPayday);

    private int LunchesOf(int pupil) => Enumerable.Range(0, days).Count(day => Attends(pupil, day));

    private IEnumerable<int> WeekOf(int day)
    {
        var monday = Days[day].PlusDays(IsoDayOfWeek.Monday - Days[day].DayOfWeek);
        return Enumerable.Range(0, Days.Count).Where(other => Days[other] >= monday && Days[other] < monday.PlusDays(7));
    }

    private static (double From, double To) HoursOf(DayPart part) => part switch
    {
        DayPart.TopUp => (6, 7),
        DayPart.Arrival => (7.5, 8.5),
        DayPart.Lunch => (10, 13),
        DayPart.Departure => (13.5, 16),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "has no hours: give it a line."),
    };

    private static long Milliseconds(double hours) => (long)TimeSpan.FromHours(hours).TotalMilliseconds;
}

/// <summary>What a school day consists of, in its order.</summary>
internal enum DayPart
{
    TopUp,
    Arrival,
    Lunch,
    Departure,
}
