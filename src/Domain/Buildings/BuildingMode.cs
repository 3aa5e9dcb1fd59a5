using Zvonok.Domain.Accounts;

namespace Zvonok.Domain.Buildings;

/// <summary>How a building's gates behave. Stored: never renumbered.</summary>
public enum BuildingMode : short
{
    /// <summary>Cards decide.</summary>
    Normal = 1,

    /// <summary>Gates are open; everybody passes and is recorded (S1).</summary>
    Evacuation = 2,

    /// <summary>Nobody is let in but those whom the building names (S3).</summary>
    Lockdown = 3,
}

/// <summary>Where a reader leads (P2). Stored: never renumbered.</summary>
public enum Direction : short
{
    /// <summary>Into the building.</summary>
    In = 1,

    /// <summary>Out of it.</summary>
    Out = 2,

    /// <summary>The reader does not know: out for somebody who came in today, in for everybody else. Never recorded.</summary>
    Toggle = 3,
}

/// <summary>What a registered building is.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ZoneId">The IANA zone of its calendar days.</param>
[GenerateSerializer, Immutable, Alias("zvonok.BuildingProfile")]
public sealed record BuildingProfile([property: Id(0)] BuildingId Id, [property: Id(1)] string ZoneId)
{
    /// <summary>True when visitors and employees who are inside are not let in again before they went out (P3). For children that is flagged at most.</summary>
    [Id(2)]
    public bool HasHardAntiPassback { get; init; }

    /// <summary>Who comes in during a lockdown all the same (S3).</summary>
    [Id(3)]
    public RoleNames LockdownRoles { get; init; }

    /// <summary>Which employees may end an evacuation or a lockdown (S1); none: each who may be there.</summary>
    [Id(4)]
    public RoleNames SafetyRoles { get; init; }
}
