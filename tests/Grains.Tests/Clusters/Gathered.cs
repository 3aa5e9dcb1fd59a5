namespace Zvonok.Grains.Tests.Clusters;

/// <summary>Calls that gather at a grain while an append of it is on its way.</summary>
internal static class Gathered
{
    /// <summary>
    /// Makes the first call; while what it appends is on its way, makes the calls; then it may go on, and <paramref name="next"/> is played for what follows.
    /// </summary>
    /// <param name="cluster">Where the grain lives.</param>
    /// <param name="grain">It is awake.</param>
    /// <param name="first">A call that appends.</param>
    /// <param name="calls">The calls behind it, by message, in the order in which they are enumerated; it has begun them all before the first goes on.</param>
    /// <param name="next">What the journal shall do with the next append.</param>
    public static async Task<Task<TAnswer>[]> Behind<TAnswer>(
        TestCluster cluster, IAddressable grain, Func<Task> first, Func<IEnumerable<Task<TAnswer>>> calls, Action? next = null)
    {
        var barrier = cluster.Script.HoldNext();
        next?.Invoke();
        var held = first();
        await barrier.Reached;
        var before = cluster.Messages.BegunAt(grain);
        var made = new List<Task<TAnswer>>();
        using var patience = new CancellationTokenSource(TestCluster.Deadline);
        foreach (var call in calls())
        {
            made.Add(call);
            // Messages may overtake one another.
            while (cluster.Messages.BegunAt(grain) < before + made.Count) await Task.Delay(1, patience.Token);
        }

        made.ShouldAllBe(call => !call.IsCompleted);
        barrier.Release();
        await held;
        return [.. made];
    }

    /// <summary>The ways in which a journal fails, for <see cref="Play"/>.</summary>
    public static TheoryData<string> Failures => ["fails", "is overloaded", "loses its answer", "belongs to another"];

    /// <summary>The next append fails in this way.</summary>
    public static void Play(this JournalScript script, string failure)
    {
        if (failure == "fails") script.FailNext();
        if (failure == "is overloaded") script.OverloadNext();
        if (failure == "loses its answer") script.LoseNextAnswer();
        if (failure == "belongs to another") script.FenceNext();
    }
}
