using System.Collections.Concurrent;

namespace Zvonok.Grains.Buildings.Watching;

/// <summary>
/// The silos that watch one building. It is in one activation's memory: hubs renew what they want every few seconds, so the next activation knows them as soon. It may be called by any
/// thread, since a building is called by its silo's doors as the object that it is.
/// </summary>
/// <param name="building">Which.</param>
/// <param name="clock">The server's.</param>
internal sealed class BuildingWatchers(BuildingId building, IClock clock)
{
    /// <summary>How long whoever changes a mode waits for the watchers: those that are there have heard of it in a hundredth of that.</summary>
    public static readonly TimeSpan PatienceMax = TimeSpan.FromMilliseconds(300);

    /// <summary>A watcher that has not renewed for so long is gone: six times as long as any takes that lives.</summary>
    public static readonly Duration KeptFor = Duration.FromSeconds(30);

    private readonly ConcurrentDictionary<IBuildingWatcher, Instant> _all = new();
    private volatile Task _told = Task.CompletedTask;
    private BuildingMode? _mode;

    /// <summary>Somebody watches, or goes on watching, and hears from now on what is not as it was seen now. In the building's turn.</summary>
    public ModeSeen Add(IBuildingWatcher watcher, ModeSeen seen)
    {
        Look(seen);
        _all[watcher] = clock.GetCurrentInstant();
        return seen;
    }

    /// <summary>The building is in this mode: whoever watches is told when it is another one than before. It does not wait for them. In the building's turn.</summary>
    public void Look(ModeSeen seen)
    {
        var isNew = _mode is { } before && before != seen.Mode;
        _mode = seen.Mode;
        if (isNew) _told = Tell(watcher => watcher.ModeChanged(building, seen));
    }

    /// <summary>Returns when all that are there have heard of the latest mode, or after <see cref="PatienceMax"/>.</summary>
    public Task Told() => _told.IsCompleted ? Task.CompletedTask : _told.WaitAsync(PatienceMax).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>A card has changed.</summary>
    public Task CardsChanged() => Tell(watcher => watcher.CardsChanged(building));

    private async Task Tell(Func<IBuildingWatcher, Task> tell)
    {
        var since = clock.GetCurrentInstant() - KeptFor;
        foreach (var (watcher, at) in _all)
            if (at < since) _all.TryRemove(new(watcher, at));
        await Task.WhenAll(_all.Keys.Select(watcher => Try(watcher, tell)));
    }

    // A silo that does not answer hears of it when it renews; that it is gone, its silence tells.
    private static async Task Try(IBuildingWatcher watcher, Func<IBuildingWatcher, Task> tell)
    {
        try
        {
            await tell(watcher);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
        }
    }
}
