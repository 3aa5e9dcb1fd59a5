namespace Zvonok.Chaos.Reports;

/// <summary>One second of a run.</summary>
/// <param name="Answers">Answers that came in it.</param>
/// <param name="NoAnswers">Attempts that came to nothing in it.</param>
/// <param name="MedianMs">Of operations that should have begun in it, from then to their first answer, repeats included; null without any.</param>
/// <param name="MaxMs">The longest of them.</param>
internal sealed record Second(int Answers, int NoAnswers, double? MedianMs, double? MaxMs)
{
    /// <summary>The seconds of a run, from its beginning.</summary>
    public static IReadOnlyList<Second> Of(ChaosResult result)
    {
        var count = (int)Math.Ceiling(result.Settings.Length.TotalSeconds);
        var ended = result.Operations.SelectMany(recorded => recorded.Attempts).ToLookup(attempt => (int)attempt.EndedAt.TotalSeconds);
        var begun = result.Operations.Where(recorded => recorded.IsAnswered).ToLookup(recorded => (int)recorded.OpenedAt.TotalSeconds, Milliseconds);
        return [.. Enumerable.Range(0, count).Select(second =>
        {
            var waits = begun[second].Order().ToList();
            return new Second(
                ended[second].Count(attempt => attempt.Answer is not NoAnswer), ended[second].Count(attempt => attempt.Answer is NoAnswer),
                waits.Count == 0 ? null : Math.Round(waits[waits.Count / 2], 2), waits.Count == 0 ? null : Math.Round(waits[^1], 2));
        })];
    }

    private static double Milliseconds(Recorded recorded) =>
        (recorded.Attempts.Where(attempt => attempt.Answer is not NoAnswer).Min(attempt => attempt.EndedAt) - recorded.OpenedAt).TotalMilliseconds;
}
