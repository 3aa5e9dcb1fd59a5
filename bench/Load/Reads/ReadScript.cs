namespace Zvonok.Load.Reads;

/// <summary>What parents ask and when, at one rate from beginning to end.</summary>
internal static class ReadScript
{
    /// <summary>How many of a hundred reads are of which kind.</summary>
    public static readonly IReadOnlyDictionary<ReadKind, int> Shares = new Dictionary<ReadKind, int>
    {
        [ReadKind.DayReport] = 35,
        [ReadKind.FirstPage] = 25,
        [ReadKind.WeekReport] = 20,
        [ReadKind.NextPage] = 10,
        [ReadKind.Activation] = 10,
    };

    /// <summary>Writes the steps of some seconds.</summary>
    /// <param name="settings">How many there are.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="asleep">Pupils whose accounts nobody has woken; each is woken once.</param>
    /// <param name="random">Draws the rest.</param>
    public static ReadStep[] Write(ReadsSettings settings, int seconds, IEnumerator<int> asleep, Random random) =>
    [
        .. IntendedStarts.Held(settings.Rate, TimeSpan.FromSeconds(seconds), random).Select(start =>
        {
            var kind = Draw(random);
            return new ReadStep(start, kind, kind == ReadKind.Activation ? Next(asleep) : random.Next(settings.Pupils), random.Next(settings.FirstPassageDay, settings.Days));
        }),
    ];

    private static ReadKind Draw(Random random)
    {
        var left = random.Next(Shares.Values.Sum());
        foreach (var (kind, share) in Shares)
            if ((left -= share) < 0) return kind;
        throw new InvalidOperationException("The shares have changed meanwhile.");
    }

    private static int Next(IEnumerator<int> asleep) =>
        asleep.MoveNext() ? asleep.Current : throw new InvalidOperationException("More accounts are to be woken than there are: take more --pupils or fewer --seconds.");
}
