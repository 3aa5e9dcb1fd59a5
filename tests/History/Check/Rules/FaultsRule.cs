namespace Zvonok.History.Check.Rules;

/// <summary>Whatever dies, a right request is answered, refused, or told to come again.</summary>
internal sealed class FaultsRule : IRule
{
    public string Name => "No silo finds fault with a right request";

    public IEnumerable<Breach> Breaches(Evidence evidence) =>
        from recorded in evidence.Operations
        let fault = recorded.Attempts.Select(attempt => attempt.Answer).OfType<NoAnswer>().FirstOrDefault(answer => answer.IsFault)
        where fault is not null
        select new Breach(Name, fault.ToString(), recorded);
}
