namespace Zvonok.Chaos;

/// <summary>What the silos under test do wrong on purpose: the proof that the checker finds it.</summary>
internal enum BrokenPromise
{
    /// <summary>Nothing: the silo of this working copy.</summary>
    None,

    /// <summary>The keys that shut a stale activation out are off the tables.</summary>
    Fence,

    /// <summary>Answers are given before the commit.</summary>
    Commit,
}

/// <summary>A run.</summary>
internal sealed record ChaosSettings
{
    /// <summary>What everything random is drawn from.</summary>
    public required int Seed { get; init; }

    /// <summary>How long clients send and things go wrong.</summary>
    public required TimeSpan Length { get; init; }

    /// <summary>How many silos.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>Operations a second, over all silos.</summary>
    public int Rate { get; init; } = 250;

    /// <summary>Accounts.</summary>
    public int Pupils { get; init; } = 300;

    /// <summary>Every silo is a cluster of its own, so that all write to the same ledgers all the time: the hardest test of the fence.</summary>
    public bool SplitBrain { get; init; }

    /// <summary>What the silos do wrong.</summary>
    public BrokenPromise Broken { get; init; }

    /// <summary>What goes wrong instead of what the seed says.</summary>
    public IReadOnlyList<Episode>? Episodes { get; init; }

    /// <summary>How long is waited for what should come: silos that break a promise on purpose may owe answers and notices for ever.</summary>
    public TimeSpan Patience(TimeSpan usual) => Broken == BrokenPromise.None ? usual : TimeSpan.FromSeconds(2);

    /// <summary>Where the report goes; the plot goes beside it.</summary>
    public FileInfo? Json { get; init; }

    /// <summary>The city that is played.</summary>
    public CityPlan Plan => new() { Pupils = Pupils, Schools = Math.Max(1, Pupils / 60), Seed = Seed };
}
