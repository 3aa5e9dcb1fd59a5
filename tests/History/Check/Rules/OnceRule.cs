namespace Zvonok.History.Check.Rules;

/// <summary>Nothing twice, and nothing that nobody asked for.</summary>
internal sealed class OnceRule : IRule
{
    public string Name => "Every operation is in the journal at most once, and no other is";

    public IEnumerable<Breach> Breaches(Evidence evidence)
    {
        foreach (var recorded in evidence.Operations)
            if (evidence.Made(recorded) is { Count: > 1 } rows)
                yield return new Breach(Name, $"{rows.Count} times: {string.Join("; ", rows)}", recorded);
        foreach (var row in evidence.Rows)
            if (evidence.Asked(row.Operation) is null) yield return new Breach(Name, $"nobody asked for {row}");
    }
}
