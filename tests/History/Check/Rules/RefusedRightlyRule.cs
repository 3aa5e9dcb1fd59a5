namespace Zvonok.History.Check.Rules;

/// <summary>
/// A refusal has to be right for at least one standing that the account may have had between the operation's first sending
/// and the refusal: a repeat may be told what was decided for the attempt before it.
/// </summary>
internal sealed class RefusedRightlyRule : IRule
{
    public string Name => "What was refused had to be refused at some moment of its call";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        var refused = evidence.Operations.Where(recorded => recorded.Answers.OfType<RefusedAnswer>().Any()).ToLookup(recorded => recorded.Operation.Ledger);
        var ledgers = evidence.Ledgers.ToDictionary(ledger => ledger.Name);
        foreach (var ofLedger in refused)
        {
            var ledger = ledgers.GetValueOrDefault(ofLedger.Key) ?? new Ledger(ofLedger.Key, [], evidence.Asked);
            if (!ledger.IsWhole) continue;
            var standings = Standing.Of(ledger, evidence);
            foreach (var recorded in ofLedger)
                foreach (var attempt in recorded.Attempts)
                    if (attempt.Answer is RefusedAnswer answer && !IsRight(evidence, ledger, standings, recorded, attempt.EndedAt, answer.Reason))
                        yield return new Breach(Name, $"{answer.Reason} was never so", recorded);
        }
    }

    private static bool IsRight(Evidence evidence, Ledger ledger, IReadOnlyList<Standing> standings, Recorded recorded, TimeSpan until, string reason)
    {
        var since = recorded.Attempts.Min(attempt => attempt.SentAt);
        var (fewest, most) = ledger.CountBetween(since, until);
        for (var count = fewest; count <= most; count++)
            if (standings[count].Refusal(recorded.Operation, evidence.DayOf(since)) == reason || standings[count].Refusal(recorded.Operation, evidence.DayOf(until)) == reason)
                return true;
        return false;
    }
}
