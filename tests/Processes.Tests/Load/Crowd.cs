namespace Zvonok.Processes.Tests.Load;

/// <summary>
/// Clients that send one operation after the other over any of the connections. One that gets no answer behaves as
/// devices do: it repeats the same operation until there is one, or lets it lie for later and goes on.
/// </summary>
internal sealed class Crowd
{
    private static readonly TimeSpan RepeatDelay = TimeSpan.FromMilliseconds(20);

    private readonly Notebook _notebook;
    private readonly Mix _mix;
    private readonly IReadOnlyList<Line> _lines;
    private readonly TimeSpan _hangsUpAfter;
    private readonly List<Task> _clients;
    private volatile bool _stops;

    public Crowd(Notebook notebook, Mix mix, IReadOnlyList<Line> lines, int clients, int seed, TimeSpan? hangsUpAfter = null)
    {
        (_notebook, _mix, _lines, _hangsUpAfter) = (notebook, mix, lines, hangsUpAfter ?? Notebook.Patience);
        _clients = [.. Enumerable.Range(0, clients).Select(i => Task.Run(() => Live(new Random(seed + i))))];
    }

    /// <summary>Begins no more operations, and returns when nothing is under way.</summary>
    public async Task Stop()
    {
        _stops = true;
        await Task.WhenAll(_clients);
    }

    private async Task Live(Random random)
    {
        var letsLie = false;
        while (!_stops)
        {
            var recorded = _notebook.Open(_mix.Next(random));
            var answer = await _notebook.Send(recorded, AnyLine(random), _hangsUpAfter);
            // Never two in a row: while nobody answers, a device holds on to what it has.
            letsLie = answer is NoAnswer && !letsLie && random.Next(2) == 0;
            while (answer is NoAnswer { IsFault: false } && !letsLie && !_stops)
            {
                await Task.Delay(RepeatDelay);
                answer = await _notebook.Send(recorded, AnyLine(random), _hangsUpAfter);
            }

            _mix.Keep(recorded.Operation, answer);
        }
    }

    private Line AnyLine(Random random) => _lines[random.Next(_lines.Count)];
}
