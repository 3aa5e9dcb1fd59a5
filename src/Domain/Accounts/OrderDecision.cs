namespace Zvonok.Domain.Accounts;

/// <summary>What a command about ordered meals decided: entries that are recorded together, or why not.</summary>
/// <param name="Entries">To be recorded; empty when refused.</param>
/// <param name="Placed">The orders that are open from now on.</param>
/// <param name="Ended">The entries of the orders that are open no longer.</param>
/// <param name="Orders">All that are open then.</param>
/// <param name="Refusal">Why not; <see cref="AccountRefusal.None"/> when granted.</param>
/// <param name="Lines">What stands in the way: orders by their index, or lines of what was ordered; none when it is about neither.</param>
public sealed record OrderDecision(Entry[] Entries, OpenOrder[] Placed, long[] Ended, OpenOrder[] Orders, AccountRefusal Refusal, LineSet Lines)
{
    /// <summary>Nothing changes.</summary>
    public static OrderDecision Refuse(AccountRefusal refusal, LineSet lines = default) => new([], [], [], [], refusal, lines);
}
