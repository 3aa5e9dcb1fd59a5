namespace Zvonok.Domain.Lists;

/// <summary>The newest version of a list, and what has made it of some versions before it.</summary>
/// <param name="stepsMax">How many steps are kept.</param>
public sealed class ListShelf(int stepsMax)
{
    private readonly Queue<ListDelta> _steps = new();

    /// <summary>The newest version; null before the first.</summary>
    public OfflineList? Newest { get; private set; }

    /// <summary>Puts a version there. One that is there already is only as old as it says now.</summary>
    public void Put(OfflineList next)
    {
        if (Newest is { } newest && next.Version != newest.Version)
        {
            _steps.Enqueue(ListDeltas.Diff(newest, next));
            if (_steps.Count > stepsMax) _steps.Dequeue();
        }

        Newest = next;
    }

    /// <summary>What makes a version the newest one; null when it is none of those kept, and the whole list is needed.</summary>
    public ListDelta? Since(long version)
    {
        if (Newest is not { } newest) return null;
        if (version == newest.Version) return ListDeltas.Diff(newest, newest);
        var since = default(ListDelta);
        foreach (var step in _steps)
        {
            if (since is not null) since = since.Then(step);
            else if (step.Base == version) since = step;
        }

        return since is null ? null : since with { MadeAt = newest.MadeAt, ValidUntil = newest.ValidUntil };
    }
}
