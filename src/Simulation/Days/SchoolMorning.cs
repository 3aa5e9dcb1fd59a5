using Zvonok.Simulation.Cities;

namespace Zvonok.Simulation.Days;

/// <summary>The morning: pupils come, each through the usual gate, around the bells.</summary>
public static class SchoolMorning
{
    /// <summary>When the first ones come; the first bell rings an hour later.</summary>
    public static readonly LocalTime From = new(7, 0);

    /// <summary>Draws a morning. Whoever has a mishap is not ill at home as well.</summary>
    public static DayPart Draw(City city, Mishaps mishaps, Random random)
    {
        var arrivals = Enumerable.Range(0, city.Plan.Pupils)
            .Where(pupil => random.NextDouble() < CityDay.Attendance || mishaps.Of(pupil) != Mishap.None)
            .Select(pupil => new Arrival(TimeSpan.FromMinutes(ArrivalCurve.Draw(random)), city.PupilAt(pupil), mishaps.Of(pupil)))
            .OrderBy(arrival => arrival.At);
        return new DayPart(From, TimeSpan.FromMinutes(ArrivalCurve.Minutes), [.. arrivals]);
    }
}
