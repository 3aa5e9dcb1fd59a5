namespace Zvonok.Chaos.Load;

/// <summary>
/// Devices that send in an open loop: each operation begins at its time, whether or not earlier ones were answered. One
/// without answer is repeated, elsewhere, until there is one; some go to two silos at the same time, and some that were
/// granted are asked again later.
/// </summary>
internal sealed class Devices : IAsyncDisposable
{
    private const int Count = 24;
    private const int TwinsOneIn = 10;
    private const int LateRepeatsOneIn = 25;
    private static readonly TimeSpan LateRepeatMax = TimeSpan.FromSeconds(40);

    /// <summary>How long a device usually repeats before it lets an operation lie.</summary>
    public static readonly TimeSpan RepeatsUsually = TimeSpan.FromSeconds(60);

    // A till does not wait for ever: it hangs up and asks elsewhere.
    private static readonly TimeSpan HangsUpAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DelayFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly Notebook _notebook;
    private readonly Mix _mix;
    private readonly TimeSpan _repeatsMax;
    private readonly List<Device> _devices = [];
    private readonly List<Line> _lines = [];

    public Devices(Notebook notebook, Mix mix, IReadOnlyList<Uri> silos, TimeSpan repeatsMax)
    {
        (_notebook, _mix, _repeatsMax) = (notebook, mix, repeatsMax);
        for (var i = 0; i < Count; i++)
        {
            var lines = silos.Select(silo => new Line(silo, streams: i / silos.Count % 2 == 1)).ToList();
            _lines.AddRange(lines);
            _devices.Add(new Device(lines, i % silos.Count, () => notebook.Now));
        }
    }

    /// <summary>Sends for so long, and returns when everything is answered or let lie.</summary>
    public async Task Play(TimeSpan length, int rate, int seed, CancellationToken stop)
    {
        var began = _notebook.Now;
        var random = new Random(seed);
        var underWay = new List<Task>();
        using var clock = new PeriodicTimer(Tick);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        foreach (var start in IntendedStarts.Held(rate, length, random))
        {
            while (_notebook.Now < began + start) await clock.WaitForNextTickAsync(stop);
            var device = _devices[random.Next(_devices.Count)];
            var recorded = _notebook.Open(_mix.Next(random), began + start);
            underWay.Add(Carry(recorded, device, new Random(random.Next()), late.Token, stop));
        }

        // Who still waits to ask again need not.
        await late.CancelAsync();
        await Task.WhenAll(underWay);
    }

    /// <summary>Repeats everything that has no answer, at every silo in turn; returns how many have none even then.</summary>
    public async Task<int> RepeatUnanswered(TimeSpan limit)
    {
        var until = _notebook.Now + limit;
        var turn = 0;
        while (true)
        {
            var left = await _notebook.RepeatUnanswered([_devices[turn++ % _devices.Count].Line]);
            if (left == 0 || _notebook.Now > until) return left;
            await Task.Delay(DelayFirst);
        }
    }

    /// <summary>Asks again for what was granted, at another silo each, a few at a time.</summary>
    public async Task AskAgain(int count, int seed)
    {
        var granted = _notebook.All.Where(recorded => recorded.Answers.Any(answer => answer is EntryAnswer or PassageAnswer)).ToArray();
        new Random(seed).Shuffle(granted);
        foreach (var some in granted.Take(count).Chunk(_devices.Count))
            await Task.WhenAll(some.Select((recorded, i) => _notebook.Send(recorded, _devices[i].Line, HangsUpAfter)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _lines) await line.DisposeAsync();
        foreach (var device in _devices) device.Dispose();
    }

    private async Task Carry(Recorded recorded, Device device, Random random, CancellationToken late, CancellationToken stop)
    {
        // Not on the open loop's thread of control: what a connection does before it waits would hold the next one up.
        await Task.Yield();
        await device.Begin(stop);
        Answer answer;
        try
        {
            answer = await SendUntilAnswered(recorded, device, random, stop);
        }
        finally
        {
            device.End();
        }

        _mix.Keep(recorded.Operation, answer);
        if (answer is EntryAnswer or PassageAnswer && random.Next(LateRepeatsOneIn) == 0) await SendLate(recorded, random, late);
    }

    private async Task<Answer> SendUntilAnswered(Recorded recorded, Device device, Random random, CancellationToken stop)
    {
        var answer = random.Next(TwinsOneIn) == 0 ? await SendTwice(recorded, device) : await Send(recorded, device);
        var delay = DelayFirst;
        while (answer is NoAnswer { IsFault: false } && _notebook.Now < recorded.OpenedAt + _repeatsMax)
        {
            await Task.Delay(delay * (0.5 + random.NextDouble()), stop);
            delay = delay * 2 < DelayMax ? delay * 2 : DelayMax;
            answer = await Send(recorded, device);
        }

        return answer;
    }

    private async Task<Answer> Send(Recorded recorded, Device device)
    {
        var line = device.Line;
        var answer = await _notebook.Send(recorded, line, HangsUpAfter);
        if (answer is NoAnswer) device.Leave(line);
        return answer;
    }

    private async Task<Answer> SendTwice(Recorded recorded, Device device)
    {
        var other = device.Other(device.Line);
        var twin = _notebook.Send(recorded, other, HangsUpAfter);
        var answer = await Send(recorded, device);
        var second = await twin;
        return answer is NoAnswer ? second : answer;
    }

    private async Task SendLate(Recorded recorded, Random random, CancellationToken stop)
    {
        await Task.Delay(LateRepeatMax * random.NextDouble(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested) await _notebook.Send(recorded, _devices[random.Next(_devices.Count)].Line, HangsUpAfter);
    }
}
