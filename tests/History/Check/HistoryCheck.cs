using Zvonok.History.Check.Rules;

namespace Zvonok.History.Check;

/// <summary>Holds what clients were told against what the journal has. What it does not check is in <c>docs/RELIABILITY.md</c>.</summary>
public static class HistoryCheck
{
    private static readonly IReadOnlyList<IRule> Rules =
    [
        new NumbersRule(),
        new OnceRule(),
        new AnswersRule(),
        new RefusedUnwrittenRule(),
        new RealTimeRule(),
        new BalancesRule(),
        new GrantedRightlyRule(),
        new RefusedRightlyRule(),
        new PassagesRule(),
        new FaultsRule(),
    ];

    /// <summary>What is checked, a sentence each.</summary>
    public static IEnumerable<string> Names => Rules.Select(rule => rule.Name);

    /// <summary>Everything that must not be; empty for a clean history.</summary>
    public static IReadOnlyList<Breach> Find(Evidence evidence) => [.. Rules.SelectMany(rule => rule.Breaches(evidence))];
}
