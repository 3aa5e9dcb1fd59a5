namespace Zvonok.Simulation.Days;

/// <summary>
/// When operations are meant to begin, whatever the server does: devices know nothing of each other, so the times are
/// those of a Poisson process.
/// </summary>
public static class IntendedStarts
{
    /// <summary>The same rate from beginning to end: the busiest second, held.</summary>
    public static IEnumerable<TimeSpan> Held(double perSecond, TimeSpan length, Random random) =>
        Thinned(perSecond, length, random, _ => 1);

    /// <summary>A whole morning's curve played within <paramref name="length"/>; its busiest minute has the given rate.</summary>
    public static IEnumerable<TimeSpan> OfMorning(double perSecondAtPeak, TimeSpan length, Random random) =>
        Thinned(perSecondAtPeak, length, random, share => ArrivalCurve.Share((int)(share * ArrivalCurve.Minutes)) / ArrivalCurve.PeakShare);

    // Lewis and Shedler: draw at the peak's rate, and keep as many as the curve says.
    private static IEnumerable<TimeSpan> Thinned(double perSecond, TimeSpan length, Random random, Func<double, double> shareKept)
    {
        var seconds = 0.0;
        while (true)
        {
            seconds -= Math.Log(1 - random.NextDouble()) / perSecond;
            if (seconds >= length.TotalSeconds) yield break;
            if (random.NextDouble() < shareKept(seconds / length.TotalSeconds)) yield return TimeSpan.FromSeconds(seconds);
        }
    }
}
