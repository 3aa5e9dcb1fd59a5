namespace Zvonok.Simulation.Days;

/// <summary>A Moscow day in figures. They are assumptions, to be replaced by real logs.</summary>
public static class CityDay
{
    /// <summary>The share of pupils who come.</summary>
    public const double Attendance = 0.9;

    /// <summary>Meals of a pupil who came.</summary>
    public const double MealsPerPupil = 1.45;

    /// <summary>The busiest break serves this share of all meals…</summary>
    public const double BusiestBreakShare = 0.25;

    /// <summary>…in so many minutes.</summary>
    public const int BusiestBreakMinutes = 12;

    /// <summary>Passages in the busiest second: all turnstiles turn.</summary>
    public const int TapsInBusiestSecond = 1_650;

    /// <summary>Meals in the busiest second.</summary>
    public const int SalesInBusiestSecond = 1_050;

    /// <summary>The share of taps among the writes of the design load.</summary>
    public const double TapShare = TapsInBusiestSecond / (double)(TapsInBusiestSecond + SalesInBusiestSecond);
}
