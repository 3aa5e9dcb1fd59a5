namespace Zvonok.Chaos.Load;

/// <summary>
/// A device: it has connections to every silo and one at which it is at home. When that one does not answer it goes to the
/// next, and comes home after a while. It has a few operations under way at most; further ones wait their turn.
/// </summary>
internal sealed class Device(IReadOnlyList<Line> lines, int home, Func<TimeSpan> now) : IDisposable
{
    private const int UnderWayMax = 16;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _turn = new(UnderWayMax);
    private readonly Lock _lock = new();
    private int? _away;
    private TimeSpan _homeFrom;

    /// <summary>Waits until another operation may be sent.</summary>
    public Task Begin(CancellationToken stop) => _turn.WaitAsync(stop);

    /// <summary>An operation is answered or let lie.</summary>
    public void End() => _turn.Release();

    /// <summary>Where it sends next.</summary>
    public Line Line
    {
        get
        {
            lock (_lock)
            {
                if (now() >= _homeFrom) _away = null;
                return lines[_away ?? home];
            }
        }
    }

    /// <summary>The connection to another silo than that one.</summary>
    public Line Other(Line than) => lines.Count == 1 ? than : lines[(IndexOf(than) + 1) % lines.Count];

    /// <summary>That one did not answer.</summary>
    public void Leave(Line line)
    {
        lock (_lock)
        {
            var at = _away ?? home;
            if (lines[at] != line) return;
            _away = (at + 1) % lines.Count;
            _homeFrom = now() + Away;
        }
    }

    public void Dispose() => _turn.Dispose();

    private int IndexOf(Line line)
    {
        for (var i = 0; i < lines.Count; i++)
            if (lines[i] == line) return i;
        throw new ArgumentException("The device has no such connection.", nameof(line));
    }
}
