namespace Zvonok.Domain.Notices;

/// <summary>When a notice that could not be delivered is tried again, and when it is given up (N3).</summary>
/// <param name="First">The wait after the first try.</param>
/// <param name="Longest">No wait is longer.</param>
/// <param name="TriesMax">After so many tries the notice is dead, until an operator sends it again.</param>
public sealed record RetryPlan(Duration First, Duration Longest, int TriesMax)
{
    /// <summary>What was not even tried is looked at again after at most so long.</summary>
    public static readonly Duration UntriedLongest = Duration.FromMinutes(5);

    private const double Growth = 3;

    /// <summary>True when there is no next try after so many.</summary>
    public bool IsOver(int tries) => tries >= TriesMax;

    /// <summary>
    /// The wait after try number <paramref name="tries"/>: three times as long each time, and spread by half of it, so that what failed
    /// together does not come back together.
    /// </summary>
    /// <param name="tries">1 after the first.</param>
    /// <param name="chance">0 to 1, drawn anew each time.</param>
    public Duration WaitAfter(int tries, double chance)
    {
        var longest = Longest.TotalMilliseconds;
        var wait = Math.Min(longest, First.TotalMilliseconds * Math.Pow(Growth, Math.Max(0, tries - 1)));
        return Duration.FromMilliseconds((long)(wait * (0.5 + 0.5 * Math.Clamp(chance, 0, 1))));
    }

    /// <summary>
    /// The wait of a notice that was not even tried, because its receiver is known to be down: as long as it is old already, so that the longer
    /// an outage, the less often a growing heap is looked through, and all of it leaves soon after.
    /// </summary>
    /// <param name="age">Since it was recorded.</param>
    /// <param name="chance">0 to 1, drawn anew each time.</param>
    public Duration WaitUntried(Duration age, double chance)
    {
        var longest = Duration.Min(Longest, UntriedLongest);
        var wait = Duration.Max(Duration.Min(First, longest), Duration.Min(age, longest));
        return Duration.FromMilliseconds((long)(wait.TotalMilliseconds * (0.5 + 0.5 * Math.Clamp(chance, 0, 1))));
    }
}
