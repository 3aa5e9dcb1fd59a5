namespace Zvonok.History.Check.Rules;

/// <summary>
/// A refusal writes nothing. Only when a stopped silo may wake up with an attempt that the client has given up, that
/// attempt may be granted after a later one was refused: clients repeat while they have no answer, and the first word is
/// not always the last.
/// </summary>
internal sealed class RefusedUnwrittenRule : IRule
{
    public string Name => "What was refused is not in the journal";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var recorded in evidence.Operations)
        {
            var refusals = recorded.Attempts.Where(attempt => attempt.Answer is RefusedAnswer).ToList();
            if (refusals.Count == 0) continue;
            if (refusals.Select(attempt => attempt.Answer).Distinct().Count() > 1 && !evidence.AttemptsLinger)
                yield return new Breach(Name, "refused in different ways", recorded);
            if (evidence.Made(recorded) is not [var row, ..]) continue;
            if (refusals.Any(refusal => !(evidence.AttemptsLinger && MayBeOvertaken(recorded, refusal))))
                yield return new Breach(Name, $"refused, and yet there is {row}", recorded);
        }
    }

    // Another attempt was on its way while this one was refused, and had not been granted before this one was sent.
    private static bool MayBeOvertaken(Recorded recorded, Attempt refusal) => recorded.Attempts.Any(other =>
        other.Answer is not RefusedAnswer && other.SentAt < refusal.EndedAt && (other.Answer is NoAnswer || other.EndedAt > refusal.SentAt))
        && !recorded.Attempts.Any(other => other.Answer is EntryAnswer or PassageAnswer && other.EndedAt < refusal.SentAt);
}
