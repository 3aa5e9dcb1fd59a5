namespace Zvonok.Processes.Tests.Load;

/// <summary>
/// Operations at a steady rate, whether anybody answers or not. Each is a device's: it hangs up on a silo that says nothing, and repeats the
/// same operation, at any silo, until it has an answer or has lost patience.
/// </summary>
internal sealed class Steady
{
    private static readonly TimeSpan HangsUpAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RepeatDelay = TimeSpan.FromMilliseconds(50);

    private readonly Notebook _notebook;
    private readonly IReadOnlyList<Line> _lines;
    private readonly TimeSpan _patience;
    private readonly Task<Recorded[]> _running;
    private volatile bool _stops;

    public Steady(Notebook notebook, Mix mix, IReadOnlyList<Line> lines, int perSecond, TimeSpan patience, int seed)
    {
        (_notebook, _lines, _patience) = (notebook, lines, patience);
        _running = Task.Run(() => Run(mix, perSecond, new Random(seed)));
    }

    /// <summary>Begins no more operations, waits for those under way, and returns the ones that nobody answered in time.</summary>
    public async Task<IReadOnlyList<Recorded>> Stop()
    {
        _stops = true;
        return [.. (await _running).Where(recorded => !recorded.IsAnswered)];
    }

    private async Task<Recorded[]> Run(Mix mix, int perSecond, Random random)
    {
        var sent = new List<Task<Recorded>>();
        var began = TimeProvider.System.GetTimestamp();
        while (!_stops)
        {
            // As many as are due by the clock: what a busy machine delays is caught up with.
            for (var due = TimeProvider.System.GetElapsedTime(began).TotalSeconds * perSecond; sent.Count < due;)
                sent.Add(Live(mix.Next(random), random.Next()));
            await Task.Delay(1);
        }

        return await Task.WhenAll(sent);
    }

    private async Task<Recorded> Live(Operation operation, int first)
    {
        var recorded = _notebook.Open(operation);
        var began = _notebook.Now;
        for (var attempt = 0; ; attempt++)
        {
            // To the next connection at each repeat, and round again.
            var answer = await _notebook.Send(recorded, _lines[(int)((uint)(first + attempt) % _lines.Count)], HangsUpAfter);
            if (answer is not NoAnswer { IsFault: false } || _notebook.Now - began > _patience) return recorded;
            await Task.Delay(RepeatDelay);
        }
    }
}
