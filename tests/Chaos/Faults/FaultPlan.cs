namespace Zvonok.Chaos.Faults;

/// <summary>Draws what goes wrong from a seed.</summary>
internal static class FaultPlan
{
    private const int OverlapsOneIn = 5;
    private static readonly TimeSpan FreezeLength = TimeSpan.FromSeconds(20);

    /// <summary>Episodes without end: every kind comes once before any comes again.</summary>
    public static IEnumerable<Episode> Draw(int seed, int silos)
    {
        var random = new Random(seed);
        while (true)
        {
            var kinds = Enum.GetValues<FaultKind>();
            random.Shuffle(kinds);
            foreach (var kind in kinds) yield return Next(random, kind, silos);
        }
    }

    private static Episode Next(Random random, FaultKind kind, int silos)
    {
        var quiet = Seconds(random, 8, 14);
        var first = Draw(random, kind, random.Next(silos), TimeSpan.Zero);
        if (silos == 1 || random.Next(OverlapsOneIn) > 0) return new Episode(quiet, [first]);

        // Another silo, and not the same thing twice: each fault is ended by itself.
        var other = ((first.Silo ?? 0) + 1 + random.Next(silos - 1)) % silos;
        var kinds = Enum.GetValues<FaultKind>().Where(second => second != kind).ToArray();
        return new Episode(quiet, [first, Draw(random, kinds[random.Next(kinds.Length)], other, first.Length * random.NextDouble())]);
    }

    private static Fault Draw(Random random, FaultKind kind, int silo, TimeSpan after) => kind switch
    {
        FaultKind.Kill => new Fault(kind, silo, after, Seconds(random, 0.5, 12)),
        FaultKind.Freeze => new Fault(kind, silo, after, FreezeLength),
        FaultKind.Replace => new Fault(kind, silo, after, TimeSpan.Zero),
        FaultKind.DatabaseStop => new Fault(kind, null, after, Seconds(random, 0.5, 8)),
        FaultKind.Cut => new Fault(kind, silo, after, Seconds(random, 2, 15)),
        FaultKind.Silence => new Fault(kind, silo, after, Seconds(random, 2, 15)),
        _ => new Fault(kind, silo, after, Seconds(random, 8, 15), TimeSpan.FromMilliseconds(random.Next(20, 200))),
    };

    private static TimeSpan Seconds(Random random, double from, double to) => TimeSpan.FromSeconds(from + (to - from) * random.NextDouble());
}
