using Zvonok.Gate.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// Lets everybody who will come be met once: each enters and leaves again, each buys once. Afterwards all cards, accounts
/// and buildings of the run are active, and everybody is outside as before.
/// </summary>
internal static class WarmUp
{
    private const int InFlight = 128;

    public static async Task Run(Func<Step, Task> act, Script script, IProgress<long> done, CancellationToken stop)
    {
        await Taps(act, script, done, stop);
        var count = (long)script.Tapping.Count();
        var options = new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop };
        await Parallel.ForEachAsync(script.Buying, options, async (pupil, _) =>
        {
            await act(new Step(TimeSpan.Zero, pupil, Direction.Unspecified, Purses.Filling.Kopecks - Menu.PriceFor(pupil)));
            done.Report(Interlocked.Increment(ref count));
        });
    }

    /// <summary>Those who tap alone.</summary>
    public static async Task Taps(Func<Step, Task> act, Script script, IProgress<long> done, CancellationToken stop)
    {
        var count = 0L;
        await Parallel.ForEachAsync(script.Tapping, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = stop }, async (pupil, _) =>
        {
            await act(new Step(TimeSpan.Zero, pupil, Direction.In, 0));
            await act(new Step(TimeSpan.Zero, pupil, Direction.Out, 0));
            done.Report(Interlocked.Increment(ref count));
        });
    }
}
