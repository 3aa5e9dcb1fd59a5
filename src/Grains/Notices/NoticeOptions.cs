using System.ComponentModel.DataAnnotations;
using Zvonok.Domain.Notices;

namespace Zvonok.Grains.Notices;

/// <summary>Settings of the notices, section <c>Zvonok:Notices</c>.</summary>
public sealed class NoticeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Zvonok:Notices";

    /// <summary>False: nothing is told; what happens meanwhile is told when it is true again.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Notices that a silo sends in a second at most, and a quarter of it while taps and sales wait for a processor; more wait.</summary>
    [Range(1, 100_000, ErrorMessage = Section + ":PerSecondMax should be {1} to {2}.")]
    public int PerSecondMax { get; set; } = 3_000;

    /// <summary>Milliseconds until a failed notice is tried for the second time; each further wait is three times as long.</summary>
    [Range(10, 3_600_000, ErrorMessage = Section + ":RetryFirstMilliseconds should be {1} to {2}.")]
    public int RetryFirstMilliseconds { get; set; } = 2_000;

    /// <summary>Seconds between two tries at most.</summary>
    [Range(1, 86_400, ErrorMessage = Section + ":RetryLongestSeconds should be {1} to {2}.")]
    public int RetryLongestSeconds { get; set; } = 3_600;

    /// <summary>Tries after which a notice is dead. With the other defaults the last one is some seven hours after the first.</summary>
    [Range(1, 100, ErrorMessage = Section + ":TriesMax should be {1} to {2}.")]
    public int TriesMax { get; set; } = 14;

    internal RetryPlan Plan => new(Duration.FromMilliseconds(RetryFirstMilliseconds), Duration.FromSeconds(RetryLongestSeconds), TriesMax);
}
