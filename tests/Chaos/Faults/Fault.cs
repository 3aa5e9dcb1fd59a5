namespace Zvonok.Chaos.Faults;

/// <summary>What can go wrong.</summary>
internal enum FaultKind
{
    /// <summary>A silo is killed (SIGKILL) and started again after a while.</summary>
    Kill,

    /// <summary>A silo stands still for twenty seconds (SIGSTOP, SIGCONT) and wakes up with all that it believed before.</summary>
    Freeze,

    /// <summary>A silo is asked to stop (SIGTERM) and started again.</summary>
    Replace,

    /// <summary>PostgreSQL is broken off (<c>-m immediate</c>) and started again.</summary>
    DatabaseStop,

    /// <summary>Every connection of one silo to the database breaks off, and no new one comes about.</summary>
    Cut,

    /// <summary>One silo and the database do not hear each other; what they said arrives afterwards.</summary>
    Silence,

    /// <summary>Everything between one silo and the database takes longer.</summary>
    SlowLink,
}

/// <summary>One thing that goes wrong, as drawn.</summary>
/// <param name="Kind">What.</param>
/// <param name="Silo">Which silo, counted from 0; none for the database's own.</param>
/// <param name="After">How long after the episode's beginning.</param>
/// <param name="Length">How long it stays so.</param>
/// <param name="Delay">How much a slow link takes longer, each way.</param>
internal sealed record Fault(FaultKind Kind, int? Silo, TimeSpan After, TimeSpan Length, TimeSpan Delay = default);

/// <summary>One fault, or two that overlap, after a time of quiet.</summary>
/// <param name="Quiet">How long nothing is done before.</param>
/// <param name="Faults">What goes wrong.</param>
internal sealed record Episode(TimeSpan Quiet, IReadOnlyList<Fault> Faults)
{
    /// <summary>How long it is meant to last, without what silos need to come back.</summary>
    public TimeSpan Length => Quiet + Faults.Max(fault => fault.After + fault.Length);
}

/// <summary>A fault as it was played; times are the notebook's.</summary>
/// <param name="Fault">What.</param>
/// <param name="BeganAt">When it was done.</param>
/// <param name="HealedAt">When everything was there again: the link whole, the silo or the database serving.</param>
/// <param name="Overlaps">True when another one was played at the same time.</param>
internal sealed record PlayedFault(Fault Fault, TimeSpan BeganAt, TimeSpan HealedAt, bool Overlaps);
