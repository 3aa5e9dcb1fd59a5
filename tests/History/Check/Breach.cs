namespace Zvonok.History.Check;

/// <summary>Something that must not be.</summary>
/// <param name="Rule">What should hold.</param>
/// <param name="What">What does not.</param>
/// <param name="Stories">The operations concerned, with all that happened to them.</param>
public sealed record Breach(string Rule, string What, params IReadOnlyList<Recorded?> Stories)
{
    public override string ToString() => string.Join("\n    ", [$"{Rule}: {What}", .. Stories.OfType<Recorded>().Select(story => story.ToString())]);
}

/// <summary>One thing that has to hold of every history.</summary>
internal interface IRule
{
    /// <summary>A sentence that says what should hold.</summary>
    string Name { get; }

    /// <summary>Where it does not.</summary>
    IEnumerable<Breach> Breaches(Evidence evidence);
}
