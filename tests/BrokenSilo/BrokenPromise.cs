namespace Zvonok.BrokenSilo;

/// <summary>What this silo does not keep.</summary>
internal static class BrokenPromise
{
    /// <summary>The environment variable that says which.</summary>
    public const string Variable = "ZVONOK_BROKEN_PROMISE";

    /// <summary>The keys that shut a stale activation out are taken off the tables.</summary>
    public const string Fence = "fence";

    /// <summary>Answers are given before the commit.</summary>
    public const string Commit = "commit";

    /// <summary>The thread pool stands still when it is told to, as a lost wake-up would leave it.</summary>
    public const string Pulse = "pulse";

    /// <summary>The silo kills itself (SIGKILL) at a step that it is told: <see cref="DeadlySteps"/>.</summary>
    public const string Steps = "steps";
}
