using Zvonok.Gate.V1;
using Zvonok.Load.Morning;

namespace Zvonok.Load.Uploads;

/// <summary>The load of those who are there while the devices upload: pupils of all schools, of whom no queue tells, come and go by turns.</summary>
/// <param name="city">Whose.</param>
/// <param name="perSecond">Taps.</param>
internal sealed class LiveTaps(City city, int perSecond)
{
    // An odd pupil in fifty: the queues tell of even ones.
    private const int Stride = 50;
    private readonly Random _random = new(city.Plan.Seed);
    private readonly PupilOrder _order = new(city.Plan.Pupils / Stride, city.Plan.Seed);
    private long _next;

    private int Count => city.Plan.Pupils / Stride;

    /// <summary>Everybody comes and goes once, so that all of them are in the memory.</summary>
    public async Task WarmUp(Func<Step, Task> act, IProgress<long> done, CancellationToken stop)
    {
        var count = 0L;
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 128, CancellationToken = stop }, async (position, _) =>
        {
            foreach (var direction in (Direction[])[Direction.In, Direction.Out]) await act(new Step(TimeSpan.Zero, PupilAt(position), direction, 0));
            done.Report(Interlocked.Increment(ref count));
        });
    }

    /// <summary>How many warm up.</summary>
    public int WarmUpCount => Count;

    /// <summary>The next taps, of so many seconds.</summary>
    public Step[] Next(int seconds) =>
    [
        .. IntendedStarts.Held(perSecond, TimeSpan.FromSeconds(seconds), _random)
            .Select(start => new Step(start, PupilAt(_next), _next++ / Count % 2 == 0 ? Direction.In : Direction.Out, 0)),
    ];

    private int PupilAt(long position) => 1 + Stride * _order[position];
}
