namespace Zvonok.History.Check.Rules;

/// <summary>Nothing acknowledged is missing, and every acknowledgement tells the row as it is: number, balances, times.</summary>
internal sealed class AnswersRule : IRule
{
    public string Name => "What was acknowledged is in the journal, exactly as it was told";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var recorded in evidence.Operations)
        {
            var granted = recorded.Answers.Where(answer => answer is not RefusedAnswer).Distinct().ToList();
            if (granted.Count > 1) yield return new Breach(Name, "acknowledged in different ways", recorded);
            var rows = evidence.Made(recorded);
            if (granted.Count > 0 && rows.Count == 0) yield return new Breach(Name, "acknowledged, and not in the journal", recorded);
            foreach (var row in rows)
            {
                if (!recorded.Operation.Made(row)) yield return new Breach(Name, $"not what was asked for is {row}", recorded);
                else if (granted.Any(answer => answer != recorded.Operation.AnswerOf(row))) yield return new Breach(Name, $"not what was told is {row}", recorded);
            }
        }
    }
}
