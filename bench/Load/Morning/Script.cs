using Zvonok.Gate.V1;

namespace Zvonok.Load.Morning;

/// <summary>
/// All steps of a run, known beforehand together with their answers. A pupil comes twice only after everybody else has
/// come, so that no answer depends on who is faster.
/// </summary>
internal sealed class Script
{
    private readonly PupilOrder _tapping;
    private readonly PupilOrder _buying;
    private readonly int _pupils;

    private Script(int pupils, int seed)
    {
        _pupils = pupils;
        (_tapping, _buying) = (new PupilOrder(pupils, seed), new PupilOrder(pupils, seed + 1));
    }

    /// <summary>By ascending start.</summary>
    public Step[] Steps { get; private set; } = [];

    /// <summary>The pupils who come to a gate, each once.</summary>
    public IEnumerable<int> Tapping => First(_tapping, Steps.Count(step => step.IsTap));

    /// <summary>The pupils who buy, each once.</summary>
    public IEnumerable<int> Buying => First(_buying, Steps.Count(step => !step.IsTap));

    /// <summary>The steps of one turn of several that follow one another, counted from its own beginning.</summary>
    public Step[] Turn(int turn, TimeSpan length) =>
    [
        .. Steps.SkipWhile(step => step.Start < turn * length).TakeWhile(step => step.Start < (turn + 1) * length).Select(step => step with { Start = step.Start - turn * length }),
    ];

    /// <summary>Writes the script of a run.</summary>
    public static Script Write(MorningSettings settings, City city)
    {
        var random = new Random(city.Plan.Seed);
        var length = TimeSpan.FromSeconds(settings.Seconds);
        var starts = settings.Shape == Shape.Held
            ? IntendedStarts.Held(settings.Rate, length, random)
            : IntendedStarts.OfMorning(settings.Rate, length, random);
        var script = new Script(city.Plan.Pupils, city.Plan.Seed);
        // A warm-up lets every buyer buy once before.
        script.Steps = [.. script.Play(starts, random, salesBefore: settings.Cold ? 0 : 1)];
        return script;
    }

    private IEnumerable<Step> Play(IEnumerable<TimeSpan> starts, Random random, int salesBefore)
    {
        var (taps, sales) = (0L, 0L);
        foreach (var start in starts)
        {
            if (random.NextDouble() < CityDay.TapShare) yield return Tap(start, taps++);
            else yield return Sale(start, sales++, salesBefore);
        }
    }

    // In the first time round, out the second.
    private Step Tap(TimeSpan start, long position) =>
        new(start, _tapping[position], position / _pupils % 2 == 0 ? Direction.In : Direction.Out, 0);

    private Step Sale(TimeSpan start, long position, int salesBefore)
    {
        var pupil = _buying[position];
        var times = position / _pupils + 1 + salesBefore;
        return new(start, pupil, Direction.Unspecified, Purses.Filling.Kopecks - times * Menu.PriceFor(pupil));
    }

    private IEnumerable<int> First(PupilOrder order, int count) => Enumerable.Range(0, Math.Min(count, _pupils)).Select(i => order[i]);
}
